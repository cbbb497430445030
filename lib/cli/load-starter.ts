import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { analyze } from '@/db/analyze'
import { db } from '@/db/client'
import { importCatalogue, loadEditorial, loadPeople } from '@/lib/catalogue/commands'
import { importClaims } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { buildRelated } from '@/lib/related/commands'
import { rebuildAllLists } from '@/lib/related/rebuild'
import { answerWanted } from '@/lib/wanted/commands'
import { linesOf } from './command-line'

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../db/starter')
/** What to load from where; the release's own starter, unless told. */
export interface Loading {
  from?: string
  /** Leaves the lists of related titles to the worker. */
  relatedLater?: boolean
}
const FILES = ['catalogue.ndjson', 'people.ndjson', 'editorial.ndjson', 'claims.ndjson']

function starterVersion(from: string): string {
  const hash = createHash('sha256')
  for (const name of FILES) hash.update(`${name}\n`).update(readFileSync(path.join(from, name)))
  return hash.digest('hex')
}

/**
 * Puts the starter catalogue and ledger into the database, once per version of its files. What an operator added
 * stays: lists only grow, shows and claims of others are not touched. Stopped half-way it is simply run again,
 * since every step may be repeated and the version is written last.
 */
export async function loadStarter(
  report: (line: string) => void,
  { from = folder, relatedLater = false }: Loading = {},
): Promise<void> {
  const fileOf = (name: string) => path.join(from, name)
  const version = starterVersion(from)
  const rows = (await db().execute(
    sql`select value from setting where key = 'starter_version'`,
  )) as unknown as {
    value: string
  }[]
  if (rows[0]?.value === version) return
  const people = await loadPeople(fileOf('people.ndjson'))
  report(`${people} people of several names`)
  const shows = await importCatalogue(linesOf(fileOf('catalogue.ndjson')), { report, lists: 'unite' })
  report(`${shows.added} shows added, ${shows.updated} known already`)
  await analyze()
  const sentences = await loadEditorial(fileOf('editorial.ndjson'))
  report(`${sentences} sentences of the story so far`)
  const claims = await importClaims(linesOf(fileOf('claims.ndjson')), { report })
  report(`${claims.added} claims recorded, ${claims.known} known already`)
  const { changed } = await deriveStates()
  report(`the state of ${changed.length} shows derived`)
  if (relatedLater) await rebuildAllLists()
  else report(`${(await buildRelated()).cards} related titles`)
  const answered = await answerWanted(new Date())
  if (answered > 0) report(`${answered} wishes of readers answered`)
  await db().execute(sql`
    insert into setting (key, value) values ('starter_version', ${version})
    on conflict (key) do update set value = excluded.value, changed_at = now()`)
}
