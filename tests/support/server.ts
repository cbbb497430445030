/** A PostgreSQL server of the tests' own, in a temporary folder, gone when the tests are. */
import fs from 'node:fs'
import path from 'node:path'
import { type EmbeddedServer, freePort, startEmbedded } from '../../db/embedded'
import { sweep, temporaryFolder } from './sweep'

/** Password of every test server; it listens on the loopback address only, for minutes. */
export const TEST_PASSWORD = process.env.TEST_POSTGRES_PASSWORD ?? 'greenlit-tests'
/** Password of the role the site runs as, there. */
export const TEST_RUNNING_PASSWORD = process.env.TEST_POSTGRES_RUNNING_PASSWORD ?? 'greenlit-tests-site'

/** A running test server and how to get rid of it. */
export type TestServer = EmbeddedServer & { remove(): Promise<void> }

/**
 * Starts a server on a free port.
 * @param durable true keeps PostgreSQL's promises through a kill, as the fault drills need; false is faster.
 */
export async function startTestServer({ durable = false } = {}): Promise<TestServer> {
  sweep()
  const folder = temporaryFolder('tests')
  const quick = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  const server = await startEmbedded({
    dataDir: path.join(folder, 'postgres'),
    password: TEST_PASSWORD,
    runningPassword: TEST_RUNNING_PASSWORD,
    port: await freePort(),
    settings: { max_connections: '200', ...(durable ? {} : quick) },
  })
  return {
    ...server,
    async remove() {
      await server.stop()
      fs.rmSync(server.dataDir, { recursive: true, force: true })
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}
