import { z } from 'zod'
import { type Entry, emptyEntry, type Parsed } from '../entry'
import { bareTitle, bracketCountry } from '../names'
import { countryOf, genresAndTags } from '../words'

/** A row of `more/streaming-titles-2021.csv`: what Prime Video, Hulu and Disney+ listed in 2021. */
export const streamingRow = z.object({
  platform: z.string(),
  title: z.string().min(1),
  release_year: z.string(),
  country: z.string(),
  genres: z.string(),
  cast: z.string(),
})

/** The listing's words that are about the shop, the audience or the length, not about the story. */
const NO_GENRE =
  /^(tv shows|international|special interest|unscripted|lifestyle.*|latino|black stories|arts|entertainment|and culture|science & technology|lgbtq\+?|classics|buddy|young adult audience|fitness|faith.*|health.*|music videos.*|survival|coming of age|cartoons|adult animation|military and war|animals & nature)$/i
const GENRE_WORDS: Record<string, string[]> = {
  kids: ['Children'],
  suspense: ['Thriller'],
  'action-adventure': ['Action', 'Adventure'],
  sitcom: ['Comedy'],
  documentaries: ['Documentary'],
  'cooking & food': ['Food'],
  'talk show and variety': ['Talk show'],
  'game shows': ['Game show'],
  'game show / competition': ['Game show'],
}

const IN_TITLE =
  /[\s:,–-]*\(?(?:(?:the )?(?:complete )?(?:season|series|volume|vol\.?) \d+|season \w+|\[[^\]]*\]|4k uhd|dubbed|subbed|english subtitled)\)?$/i

/** A title without what the shop hung on it. */
const cleaned = (title: string) => {
  let text = title.trim()
  for (let before = ''; before !== text; ) {
    before = text
    text = text.replace(IN_TITLE, '').trim()
  }
  return text || title
}

/** Names without the role before them; a list printed all in capitals is no spelling to show. */
function castOf(text: string): { person: string }[] {
  const names = text
    .split(',')
    .map((name) => name.replace(/^[\p{L} ]+ - /u, '').trim())
    .filter((name) => name.includes(' '))
  return names.some((name) => /\p{Ll}/u.test(name)) ? names.map((person) => ({ person })) : []
}

/**
 * What the services listed: genres and cast for shows that others have. Its year should be that of the newest season
 * listed, but of 74 that other sets date too only 17 agree: it helps to tell namesakes apart and dates nothing.
 */
export function parseStreaming(rows: z.infer<typeof streamingRow>[]): Parsed {
  const entries = rows.map((row): Entry => {
    const title = cleaned(row.title)
    const words = row.genres
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word && !NO_GENRE.test(word))
    const { genres } = genresAndTags(words.flatMap((word) => GENRE_WORDS[word.toLowerCase()] ?? [word]))
    const year = Number(row.release_year)
    const country = countryOf(row.country.split(',')[0] ?? '') ?? bracketCountry(title)
    return {
      ...emptyEntry('streaming-titles', bareTitle(title)),
      addsOnly: true,
      countries: country ? [country] : [],
      genres,
      cast: castOf(row.cast),
      ...(year ? { seenYear: year } : {}),
    }
  })
  return { entries, dropped: [] }
}
