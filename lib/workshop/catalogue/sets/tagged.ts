import type { TaggedRecord } from '@/lib/catalogue/editorial'
import { type Entry, emptyEntry, type Parsed } from '../entry'

/** Our own premise tags for shows that other sets have: they say what a show is about, and only find it by the rest. */
export function taggedEntries(records: TaggedRecord[]): Parsed {
  const entries = records.map(
    ({ title, year, country, premise_tags }): Entry => ({
      ...emptyEntry('tagged', title),
      countries: country ? [country] : [],
      tags: premise_tags,
      ...(year ? { startYear: year } : {}),
    }),
  )
  return { entries, dropped: [] }
}
