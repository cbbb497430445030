import { statSync } from 'node:fs'
import { ownerUrl, runningRoleOf } from '@/db/roles'
import { isSecretOf } from '@/lib/backup/proof'
import { restoreBackup } from '@/lib/backup/restore'
import { count } from '@/lib/backup/rules'
import { type Run, readableFile, UsageError } from './command-line'
import { authSecret } from './database'

/** `restore FILE`: a backup back into an empty database, or, with --force, in place of all that one holds. */
export const run: Run = async ({ words: [file], flags }, { out, err }) => {
  if (!file) throw new UsageError('FILE is missing')
  const bytes = statSync(readableFile(file)).size
  const { header, ...restored } = await restoreBackup({
    databaseUrl: ownerUrl() ?? '',
    runningRole: runningRoleOf(),
    file,
    bytes,
    force: flags.has('force'),
    report: err,
  })
  const isSecretRight = isSecretOf(header.secret, authSecret())
  if (flags.has('json')) {
    out(JSON.stringify({ ...restored, isSecretRight }))
    return 0
  }
  const time = `${(restored.durationMs / 1000).toFixed(1)} s`
  const what = `${count(restored.rows, 'row')} in ${count(restored.tables.length, 'table')}`
  out(`${what} are back as they were at ${restored.madeAt}, ${time}`)
  out('start the site anew: what it has in memory, and the pages it has built, are of another database')
  out(
    `mails, deletions and sign-outs since then are not known to it: what was told since may be told again (\`npm run greenlit -- notices --pause\` before the start holds it)`,
  )
  if (isSecretRight === false)
    err(
      'greenlit: AUTH_SECRET is not the one of that time: readers’ feed, calendar and unsubscribe links work only with that',
    )
  return 0
}
