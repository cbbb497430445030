import { z } from 'zod'
import { type Entry, emptyEntry, type Parsed, type SeasonEntry } from '../entry'
import { bareTitle } from '../names'
import { countryOf, genresAndTags, networkOf } from '../words'

/** A line of `more/famous-by-hand.ndjson`: well-known shows, compiled by hand and compared with other sets. */
export const famousLine = z.object({
  title: z.string().min(1),
  original_title: z.string().nullish(),
  aliases: z.array(z.string()).nullish(),
  kind: z.string(),
  countries: z.array(z.string()),
  languages: z.array(z.string()),
  networks: z.array(z.string()),
  genres: z.array(z.string()),
  cast: z.array(z.string()),
  seasons: z.array(
    z.object({
      number: z.number().int(),
      premiere: z.string(),
      episodes: z.number().int().nullish(),
      checked: z.array(z.string()),
      to_the_day: z.boolean(),
    }),
  ),
})

/** A season that nobody else dates is known to exist and nothing more; a day that only a month's list confirms is a month. */
function seasonOf(season: z.infer<typeof famousLine>['seasons'][number]): SeasonEntry {
  const { number, premiere, episodes, checked, to_the_day } = season
  if (checked.length === 0) return { number }
  return { number, premiere: to_the_day ? premiere : premiere.slice(0, 7), ...(episodes ? { episodes } : {}) }
}

/**
 * The famous shows. What nobody else confirms stays out: days of unchecked seasons here, people and genres when the
 * record is put together (`confirmedOnly`), and TVmaze's ids altogether, since the schedule set gives its own.
 */
export function parseFamous(lines: z.infer<typeof famousLine>[], today: string): Parsed {
  const entries = lines.map((line): Entry => {
    const network = networkOf(line.networks.at(-1) ?? '')
    const first = line.seasons.find(({ number }) => number === 1)
    const begun = line.seasons.filter(({ premiere }) => premiere <= today)
    const drawn = line.kind === 'animation' || line.kind === 'anime'
    return {
      ...emptyEntry('famous-by-hand', bareTitle(line.title)),
      ...(line.original_title ? { original: line.original_title } : {}),
      aliases: (line.aliases ?? []).map(bareTitle).filter((alias) => alias !== bareTitle(line.title)),
      kind: line.kind,
      drawn,
      confirmedOnly: true,
      countries: line.countries.flatMap((country) => countryOf(country) ?? []),
      ...(line.languages[0] ? { language: line.languages[0] } : {}),
      ...(network ? { network: network.name } : {}),
      genres: genresAndTags(line.genres).genres,
      cast: line.cast.map((person) => ({ person })),
      ...(first ? { startDay: first.premiere, startYear: Number(first.premiere.slice(0, 4)) } : {}),
      seasons: begun.map(seasonOf),
    }
  })
  return { entries, dropped: [] }
}
