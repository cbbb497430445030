import path from 'node:path'
import { ownerUrl } from '@/db/roles'
import { count, megabytes } from '@/lib/backup/rules'
import { saveBackup } from '@/lib/backup/save'
import { fromEnv } from '@/lib/shared/env'
import { type Run, UsageError } from './command-line'
import { authSecret, dataFolder, releaseVersion } from './database'

/** `backup FILE`: the whole database in one file, while the site goes on. */
export const run: Run = async ({ words: [file], flags }, { out, err, now }) => {
  if (!file) throw new UsageError('FILE is missing')
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal)
  try {
    const saved = await saveBackup({
      databaseUrl: ownerUrl() ?? '',
      file,
      force: flags.has('force'),
      now,
      signal: stop.signal,
      release: releaseVersion(),
      secret: authSecret(),
      report: err,
    })
    const secrets = secretsToKeep()
    if (flags.has('json')) {
      out(JSON.stringify({ ...saved, secrets }))
      return 0
    }
    const time = `${(saved.durationMs / 1000).toFixed(1)} s`
    out(
      `${count(saved.rows, 'row')} in ${count(saved.tables.length, 'table')} written to ${file}: ${megabytes(saved.bytes)}, ${time}`,
    )
    out('it holds the addresses of readers: keep it where strangers cannot read it')
    for (const line of secrets) out(line)
    return 0
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal)
  }
}

/** What a backup is worth little without and does not hold, a line each. */
function secretsToKeep(): string[] {
  const secretsFile = path.join(dataFolder(), 'secrets.json')
  const where = fromEnv('AUTH_SECRET') ? 'of your environment' : `in ${secretsFile}`
  const lines = [
    `not in it, keep it beside it: AUTH_SECRET ${where}; every feed, calendar and unsubscribe link that readers have depends on it`,
  ]
  if (fromEnv('VAPID_PRIVATE_KEY'))
    lines.push(
      'not in it, keep it beside it: VAPID_PRIVATE_KEY of your environment; without it no browser takes a push from you',
    )
  return lines
}
