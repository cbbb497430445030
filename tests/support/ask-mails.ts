/**
 * Asks for sign-in mails from several processes at once, each with a pool of its own; run as a program it is one of
 * them: takes `[{client, email}]` as its argument, asks for all of them at once and prints `[{client, ok}]`.
 */
import { execFile } from 'node:child_process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

interface Ask {
  client: string
  email: string
}

/** So many processes, each of which asks for all of these at once. */
export async function askFromProcesses(
  processes: number,
  asks: Ask[],
): Promise<{ client: string; ok: boolean }[]> {
  const args = ['--conditions=react-server', '--import', 'tsx', fileURLToPath(import.meta.url)]
  const answers = await Promise.all(
    Array.from({ length: processes }, () =>
      promisify(execFile)(process.execPath, [...args, JSON.stringify(asks)]),
    ),
  )
  return answers.flatMap(({ stdout }) => JSON.parse(stdout) as { client: string; ok: boolean }[])
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { requestSignIn } = await import('@/lib/accounts/commands')
  const { closeDb } = await import('@/db/client')
  const asks = JSON.parse(process.argv[2] ?? '[]') as Ask[]
  const now = new Date()
  const answers = await Promise.all(
    asks.map(async ({ client, email }) => {
      const asked = { address: email, returnTo: null, browser: undefined, client, now }
      return { client, ok: (await requestSignIn(asked)).ok }
    }),
  )
  process.stdout.write(JSON.stringify(answers))
  await closeDb()
}
