import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { MALFORMED_ADDRESS_PATH, steerMalformedAddresses } from '@/lib/shared/malformed'

it('an address that cannot be decoded is steered to the page that says so; all others are left alone', async () => {
  steerMalformedAddresses()
  const server = createServer((request, response) => response.end(request.url))
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const { port } = server.address() as AddressInfo
  const seen = async (path: string) => (await fetch(`http://localhost:${port}${path}`)).text()
  try {
    for (const path of [
      '/shows/%ff',
      '/shows/%E0%A4%A',
      '/a%',
      '/shows/%zz/answer.txt',
      '/shows/a%00b',
      `/x/${'x'.repeat(300)}`,
    ])
      expect(await seen(path)).toBe(MALFORMED_ADDRESS_PATH)
    for (const path of ['/shows/%ED%82%B9', '/search?q=%ff', '/', `/search?q=${'x'.repeat(3000)}`])
      expect(await seen(path)).toBe(path)
  } finally {
    server.close()
  }
})
