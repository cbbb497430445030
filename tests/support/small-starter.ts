/** The starter's files with some shows alone: what has to be loaded, but need not be all of it. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const starter = path.join(import.meta.dirname, '../../db/starter')
const linesOf = (name: string) => readFileSync(path.join(starter, name), 'utf8').trimEnd().split('\n')

/** Writes the starter of the shows that are to be kept, with what was said of them, over the files of a folder. */
export function writeSmallStarter(to: string, isKept: (slug: string, place: number) => boolean): void {
  const shows = linesOf('catalogue.ndjson')
    .map((line) => ({ line, ...(JSON.parse(line) as { slug: string; title: string }) }))
    .filter(({ slug }, place) => isKept(slug, place))
  const slugs = new Set(shows.map(({ slug }) => slug))
  const names = new Set(shows.flatMap(({ slug, title }) => [title, `greenlit:${slug}`]))
  const write = (name: string, lines: string[]) => writeFileSync(path.join(to, name), `${lines.join('\n')}\n`)
  const some = (name: string, isOurs: (record: { slug: string; show: string }) => boolean) =>
    write(
      name,
      linesOf(name).filter((line) => isOurs(JSON.parse(line))),
    )
  write(
    'catalogue.ndjson',
    shows.map(({ line }) => line),
  )
  write('people.ndjson', linesOf('people.ndjson'))
  some('editorial.ndjson', ({ slug }) => slugs.has(slug))
  some('claims.ndjson', ({ show }) => names.has(show))
}
