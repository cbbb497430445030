/**
 * Related titles as a reader sees them, from the starter catalogue without a database: the first eight of some shows
 * with their reasons, and how many shows have a full list.
 *
 *   node --import tsx tests/bench/related-lists.ts [SLUG …]
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { idNames, type OutsideIds } from '../../lib/catalogue/ids'
import { indexTitles } from '../../lib/related/compared'
import { readTitles } from '../../lib/related/files'
import { relatedTo } from '../support/titles'

const SHOWN = ['all-of-us-are-dead', 'darwins-game', 'severance', 'squid-game', 'dark']
const slugs = process.argv.length > 2 ? process.argv.slice(2) : [...SHOWN, 'frieren-beyond-journeys-end']

const file = fileURLToPath(new URL('../../db/starter/catalogue.ndjson', import.meta.url))
const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
const { titles, places } = await readTitles(lines)
const bySlug = new Map(
  lines.map((line) => {
    const { slug, ids } = JSON.parse(line) as { slug: string; ids: OutsideIds }
    return [slug, idNames(ids)[0] ?? '']
  }),
)
const titleOf = (id: string) => titles[places.get(id)!]!
const index = indexTitles(titles)
for (const slug of slugs) {
  const id = bySlug.get(slug)
  if (!id) {
    console.log(`\nno show has the slug ${slug}`)
    continue
  }
  console.log(`\n${titleOf(id).title}`)
  for (const card of relatedTo(index, titleOf(id).id, { limit: 8 }))
    console.log(`  ${titleOf(card.id).title} — ${card.reasons.map(({ text }) => text).join('; ')}`)
}
const full = titles.filter(({ id }) => relatedTo(index, id).length === 12)
const told = titles.filter((title) => title.tags.length + title.genres.length + title.cast.length > 0)
const fullTold = full.filter((title) => title.tags.length + title.genres.length + title.cast.length > 0)
console.log(`\n${full.length} of ${titles.length} shows have twelve related titles;`)
console.log(`${fullTold.length} of the ${told.length} of which any genre, premise or cast is known`)
