import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { keepReadOnly, READ_ONLY_PATH } from '@/lib/shared/read-only'

it('what can only be read takes no form, and no page can be called as an action', async () => {
  keepReadOnly()
  const server = createServer((request, response) =>
    response.end(`${request.headers['next-action'] ?? 'no action'} ${request.url}`),
  )
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const { port } = server.address() as AddressInfo
  const seen = async (method: string, path: string) => {
    const headers = { 'Next-Action': 'c0d5ca045ceba69d5de40e8fd1cd9cc198d332107e' }
    return (await fetch(`http://localhost:${port}${path}`, { method, headers })).text()
  }
  try {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      for (const path of ['/', '/shows/kingdom', '/api/v1/shows', '/shows/kingdom/feed.atom', '/apidoc'])
        expect(await seen(method, path)).toBe(`no action ${READ_ONLY_PATH}`)
    for (const path of ['/api/me/follows', '/api/auth/mail'])
      expect(await seen('POST', path)).toBe(`no action ${path}`)
    for (const method of ['GET', 'OPTIONS']) expect(await seen(method, '/shows')).toBe('no action /shows')
  } finally {
    server.close()
  }
})
