import type { CatalogueRecord } from '@/lib/catalogue/types'
import type { Addresses } from './addresses'
import type { Draft } from './assemble'
import { type Dropped, SETS } from './entry'
import type { Merged } from './merge'

/** What the builder did, in figures and notable cases. */
export interface Report {
  markdown: string
  shows: number
  anime: number
  others: number
}

interface ReportInput {
  rows: Record<string, number>
  merged: Merged
  dropped: Dropped[]
  built: { record: CatalogueRecord; draft: Draft }[]
  hash: string
  addresses: Addresses
  /** Addresses of editorial lines that no show has. */
  unused: string[]
}

const EXAMPLES = 4
const table = (head: string[], rows: (string | number)[][]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
const cell = (text: string) => text.replace(/[|\n]/g, ' ')

function countBy<T>(items: T[], key: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item])
  return [...groups].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
}

/** The builder's report in Markdown: what was read, merged, dropped and left undated, and why. */
export function reportOf({ rows, merged, dropped, built, hash, addresses, unused }: ReportInput): Report {
  const records = built.map(({ record }) => record)
  const anime = records.filter((record) => record.kind === 'anime').length
  const seasons = records.flatMap((record) => record.seasons ?? [])
  const dated = seasons.filter((season) => season.premiere)
  const toTheDay = dated.filter((season) => season.premiere?.length === 10)
  const inSets = (count: number) => built.filter(({ draft }) => draft.sets.length === count).length
  const share = (test: (record: CatalogueRecord) => boolean) =>
    `${records.filter(test).length} (${Math.round((100 * records.filter(test).length) / records.length)} %)`
  const arrivals = built.flatMap(({ record, draft }) =>
    draft.built.arrivals.map((arrival) => ({ ...arrival, title: record.title })),
  )
  const disagreements = built.flatMap(({ record, draft }) =>
    draft.built.disagreements.map((other) => ({ ...other, title: record.title })),
  )
  const namesakes = countBy(records, (record) => record.title.toLowerCase()).filter(
    ([, list]) => list.length > 1,
  )
  const markdown = `# How the starter catalogue was built

Written by \`npm run greenlit -- build catalogue --from DIR\`; content ${hash}. Rules and reasons: \`lib/catalogue/build\`.

${table(
  ['set', 'rows read', 'shows it is in'],
  SETS.map((set) => [set, rows[set] ?? 0, built.filter(({ draft }) => draft.sets.includes(set)).length]),
)}

**${records.length} shows**: ${anime} anime, ${records.length - anime} others; ${inSets(1)} from one set, ${inSets(2)} from two,
${records.length - inSets(1) - inSets(2)} from three or more. ${seasons.length} seasons, ${dated.length} dated, ${toTheDay.length} of them to the day.
Known of them: country ${share((r) => Boolean(r.country))}, network ${share((r) => Boolean(r.network))}, genres ${share((r) => (r.genres?.length ?? 0) > 0)},
cast ${share((r) => (r.cast?.length ?? 0) > 0)}, native title ${share((r) => Boolean(r.original_title) || !/^\p{Script=Latin}/u.test(r.title))}, summary of ours ${share((r) => Boolean(r.summary))}.

${table(
  ['kind', 'shows'],
  countBy(records, (record) => record.kind ?? '').map(([kind, list]) => [kind, list.length]),
)}

## Merged
The same title makes two entries candidates; it never makes them one show. What did, and how often (an entry may have several reasons):

${table(
  ['reason', 'times'],
  [...merged.joinedBecause].sort((a, b) => b[1] - a[1]).map(([why, times]) => [why, times]),
)}

## Kept apart
${merged.homonyms.length} times an entry met a namesake that is another show:

${table(
  ['why', 'times', 'for example'],
  countBy(merged.homonyms, ({ why }) => why).map(([why, list]) => [
    why,
    list.length,
    cell([...new Set(list.map(({ title }) => title))].slice(0, EXAMPLES).join('; ')),
  ]),
)}

${namesakes.length} titles are carried by more than one show of the catalogue. The most crowded:

${namesakes
  .slice(0, 12)
  .map(
    ([, list]) =>
      `- *${list[0]?.title}*: ${list.map((r) => `${r.seasons?.find((s) => s.premiere)?.premiere?.slice(0, 4) ?? 'undated'} ${r.network ?? r.country ?? ''}`.trim()).join('; ')}`,
  )
  .join('\n')}

## Addresses
Of the catalogue last published every show keeps its address but ${addresses.moved.length}, which lead to the new one:

${addresses.moved.map(({ slug, why }) => `- \`${slug}\`: ${why}`).join('\n')}

Lost: ${addresses.lost.join(', ') || 'none'}. Editorial lines without a show: ${unused.join(', ') || 'none'}.

## Dropped
${table(
  ['set', 'why', 'times', 'for example'],
  countBy(dropped, ({ set, why }) => `${set}\t${why}`).map(([key, list]) => {
    const [set = '', why = ''] = key.split('\t')
    return [
      set,
      why,
      list.length,
      cell(
        list
          .slice(0, EXAMPLES)
          .map(({ what }) => what)
          .join('; '),
      ),
    ]
  }),
)}

## Netflix days that are not premieres
Of the days on which a season of a show in the catalogue was released everywhere on Netflix, ${built.reduce((sum, { draft }) => sum + draft.built.netflixDays, 0)} were believed and ${arrivals.length} were not:

${table(
  ['why', 'times', 'for example'],
  countBy(arrivals, ({ why }) => why).map(([why, list]) => [
    why,
    list.length,
    cell(
      list
        .slice(0, EXAMPLES)
        .map((a) => `${a.title} ${a.season}: ${a.day}`)
        .join('; '),
    ),
  ]),
)}

## Dates the sets disagree about
${disagreements.length} times; the more trusted set is believed. The first:

${disagreements
  .slice(0, 20)
  .map((d) => `- *${d.title}* season ${d.season}: ${d.believed || 'undated'}, not ${d.doubted}`)
  .join('\n')}
`
  return { markdown, shows: records.length, anime, others: records.length - anime }
}
