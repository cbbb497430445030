import { z } from 'zod'
import { type Dropped, type Entry, emptyEntry, type Parsed } from '../entry'
import { bareTitle, bracketCountry } from '../names'
import { networkOf } from '../words'

export const networkSeasonRow = z.object({
  title: z.string().min(1),
  season: z.coerce.number().int(),
  premiere: z.string(),
  episodes: z.string(),
  network: z.string(),
  country: z.string(),
})
const US = 'United States'
type Row = z.infer<typeof networkSeasonRow>

/**
 * American and British seasons with their premiere days. The set's own country column is not used: it calls
 * Channel 4's *Misfits* American; a network's home says it better.
 */
export function parseNetworkSeasons(rows: Row[]): Parsed {
  const dropped: Dropped[] = []
  const shows = new Map<string, Row[]>()
  for (const row of rows) {
    const list = shows.get(row.title) ?? []
    list.push(row)
    shows.set(row.title, list)
  }
  const entries = [...shows].map(([title, list]): Entry => {
    const days = new Map<number, { days: Set<string>; episodes: number }>()
    for (const row of list) {
      const season = days.get(row.season) ?? { days: new Set<string>(), episodes: Number(row.episodes) || 0 }
      if (row.premiere) season.days.add(row.premiere)
      days.set(row.season, season)
    }
    const first = [...(days.get(1)?.days ?? [])].sort()[0]
    const seasons = [...days]
      .sort(([a], [b]) => a - b)
      .map(([number, season]) => {
        // Some later seasons carry the day of the first one as well: the set's slip.
        const told = [...season.days].filter((day) => number === 1 || day !== first)
        if (told.length > 1)
          dropped.push({
            set: 'network-seasons',
            what: `${title} season ${number}`,
            why: 'two premiere days for one season',
          })
        return {
          number,
          ...(told.length === 1 ? { premiere: told[0] as string } : {}),
          ...(season.episodes > 0 ? { episodes: season.episodes } : {}),
        }
      })
    let latest = ''
    const ordered = seasons.map((season) => {
      if (season.premiere && season.premiere <= latest) {
        dropped.push({
          set: 'network-seasons',
          what: `${title} season ${season.number}`,
          why: 'premieres before the season before it',
        })
        return { number: season.number }
      }
      latest = season.premiere ?? latest
      return season
    })
    const network = networkOf(list.at(-1)?.network ?? '')
    // Of the countries that have an ABC, only the American one is in the set.
    const country = network?.country ?? bracketCountry(title) ?? (network?.name === 'ABC' ? US : undefined)
    const start = ordered.find((season) => season.number === 1)?.premiere
    const seen = ordered.find((season) => season.premiere)?.premiere
    return {
      ...emptyEntry('network-seasons', bareTitle(title).replace(/ US$/, '')),
      countries: country ? [country] : [],
      ...(network ? { network: network.name } : {}),
      seasons: ordered,
      ...(start
        ? { startDay: start, startYear: Number(start.slice(0, 4)) }
        : seen
          ? { seenYear: Number(seen.slice(0, 4)) }
          : {}),
    }
  })
  return { entries, dropped }
}
