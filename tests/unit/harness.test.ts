import { expect, it } from 'vitest'
import { databaseUrl, EMBEDDED_DATABASE } from '@/db/embedded'

it('a database password with special characters survives in the address', () => {
  const url = new URL(databaseUrl(5432, 'a/b:c@d%', EMBEDDED_DATABASE))
  expect(decodeURIComponent(url.password)).toBe('a/b:c@d%')
  expect(url.hostname).toBe('127.0.0.1')
})
