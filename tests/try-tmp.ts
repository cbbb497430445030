import { startEmbedded } from '@/db/embedded'
import { migrate } from '@/db/migrate'
import { EMBEDDED_RUNNING_ROLE } from '@/db/roles'
import { openDataFolder, secretsIn } from '@/lib/cli/data-folder.mjs'

const p = openDataFolder(process.env.GREENLIT_DATA!)
const k = secretsIn(p.folder)
const s = await startEmbedded({
  dataDir: p.postgres,
  password: k.databasePassword,
  runningPassword: k.runningPassword,
  port: 55998,
})
await migrate(s.url, EMBEDDED_RUNNING_ROLE)
process.env.DATABASE_URL = s.runningUrl
process.env.MIGRATION_DATABASE_URL = s.url
process.env.GREENLIT_ROLE = 'cli'
const t = Date.now()
const { loadStarter } = await import('@/lib/cli/load-starter')
await loadStarter(console.log)
console.log((Date.now() - t) / 1000, 's')
const { closeDb } = await import('@/db/client')
await closeDb()
await s.stop()
