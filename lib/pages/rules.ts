import { countryInProse } from '@/lib/shared/country'
import type { Claim } from '@/lib/status/claim'
import type { ShowPage } from './types'

/** Newest statement first; undated ones last, then by id so the order never wavers. */
export function newestFirst(a: Claim, b: Claim): number {
  return (b.publishedOn ?? '').localeCompare(a.publishedOn ?? '') || a.id.localeCompare(b.id)
}

const KIND_WORDS: Record<string, string> = {
  scripted: 'series',
  anime: 'anime series',
  animation: 'animated series',
  reality: 'reality series',
  documentary: 'documentary series',
  talk: 'talk show',
  variety: 'variety show',
  news: 'news programme',
  game: 'game show',
}

const list = (words: string[]) =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** One book, game or drawn story, as records name it: "light novel", "manga by Yū Chiba". */
const ONE_WORK = /^(?!an? |the )(?:[a-z-]+ )?(?:manga|novel|game|book|webtoon|film)\b/
/** What continues or tells anew another show is not based on itself. */
const KIN = /^(?:spin-off|revival|sequel|prequel|remake) of /

/** What a show comes from, as a sentence. */
function sourceSentence(source: string): string {
  if (KIN.test(source)) return `It is a ${source}.`
  return `It is based on ${ONE_WORK.test(source) ? `a ${source}` : source}.`
}

/** One sentence from a show's facts, for shows nobody has written about here; states nothing the record does not. */
export function composeSummary(
  show: Pick<
    ShowPage,
    | 'title'
    | 'kind'
    | 'country'
    | 'network'
    | 'genres'
    | 'year'
    | 'seasons'
    | 'creators'
    | 'sourceMaterial'
    | 'cast'
  >,
): string {
  const kind = KIND_WORDS[show.kind] ?? 'series'
  // Genres that repeat the kind ("Anime", "Reality") would stutter.
  const genres = show.genres.map(({ name }) => name.toLowerCase()).filter((name) => !kind.includes(name))
  const what = [
    show.country ? `from ${countryInProse(show.country)}` : '',
    show.network ? `on ${show.network.name}` : '',
  ]
  const recorded = show.seasons.filter((season) => season.recorded)
  const sentences = [
    `${show.title} is ${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}${what.filter(Boolean).length ? ` ${what.filter(Boolean).join(', ')}` : ''}${
      genres.length ? `: ${list(genres.slice(0, 4))}` : ''
    }.`,
  ]
  if (show.year && recorded.length)
    sentences.push(
      recorded.length === 1
        ? `One season is on record, from ${show.year}.`
        : `${recorded.length} seasons are on record, the first from ${show.year}.`,
    )
  if (show.sourceMaterial && show.sourceMaterial !== 'original')
    sentences.push(sourceSentence(show.sourceMaterial))
  const leads = show.cast.slice(0, 3).map(({ person }) => person)
  if (leads.length) sentences.push(`With ${list(leads)}.`)
  return sentences.join(' ')
}
