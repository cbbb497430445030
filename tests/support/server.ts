/** A PostgreSQL server of the tests' own, in a temporary folder, gone when the tests are. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type EmbeddedServer, freePort, startEmbedded } from '../../db/embedded'

/** Password of every test server; it listens on the loopback address only, for minutes. */
export const TEST_PASSWORD = 'greenlit-tests'

const PREFIX = 'greenlit-tests-'

/** A running test server and how to get rid of it. */
export type TestServer = EmbeddedServer & { remove(): Promise<void> }

/** Folders of runs whose process is gone: their servers are stopped and their files removed. */
async function sweep(): Promise<void> {
  for (const name of fs.readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const owner = Number(name.slice(PREFIX.length).split('-')[0])
    try {
      process.kill(owner, 0)
    } catch {
      const folder = path.join(os.tmpdir(), name)
      try {
        const pid = Number(
          fs.readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0],
        )
        const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        if (command.includes(folder)) process.kill(pid, 'SIGQUIT')
      } catch {
        // No server of that run is left.
      }
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    }
  }
}

/**
 * Starts a server on a free port.
 * @param durable true keeps PostgreSQL's promises through a kill, as the fault drills need; false is faster.
 */
export async function startTestServer({ durable = false } = {}): Promise<TestServer> {
  await sweep()
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`))
  // The server may run under another account than the tests do.
  fs.chmodSync(folder, 0o755)
  const quick = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  const server = await startEmbedded({
    dataDir: path.join(folder, 'postgres'),
    password: TEST_PASSWORD,
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
