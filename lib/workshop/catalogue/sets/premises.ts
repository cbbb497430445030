import type { PremiseRecord } from '@/lib/catalogue/editorial'
import { type Entry, emptyEntry, type Parsed } from '../entry'
import { genresAndTags, networkOf } from '../words'

/** Our own lines about shows outside the ledger: premise tags, and where a show is from, where the sets leave it out. */
export function premiseEntries(records: PremiseRecord[]): Parsed {
  const entries = records.map(({ title, year, country, network, genres, premise_tags, id }): Entry => {
    const [namespace, value] = id?.split(':') ?? []
    const home = network ? networkOf(network) : undefined
    return {
      ...emptyEntry('premises', title),
      countries: country ? [country] : home?.country ? [home.country] : [],
      ...(home ? { network: home.name } : {}),
      ...(genres ? { kind: genres.includes('Reality') ? 'reality' : 'scripted' } : {}),
      genres: genresAndTags(genres ?? []).genres,
      tags: premise_tags,
      ids: namespace && value ? { [namespace]: [value] } : {},
      ...(year ? { startYear: year, seasons: [{ number: 1, premiere: String(year) }] } : {}),
    }
  })
  return { entries, dropped: [] }
}
