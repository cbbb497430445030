import type { Claim } from '@/lib/ledger/types'
import { countryInProse } from '@/lib/shared/country'
import type { ShowPage } from './types'

/** Newest statement first; undated ones last, then by id so the order never wavers. */
export function newestFirst(a: Claim, b: Claim): number {
  return (b.publishedOn ?? '').localeCompare(a.publishedOn ?? '') || a.id.localeCompare(b.id)
}

/** Folds a name so that "Yoon Chan-young" and "Yoon Chan-Young (voice)" meet. */
const fold = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\(.*?\)/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()

const RETURNING = { confirmed: 'confirmed', returning: 'confirmed', new: 'new', out: 'out' } as const

/**
 * The cast with what the next season's claims say of each: confirmed, new or out, with the claim that says so.
 * The newest claim was sorted first; one that was taken back or overtaken says nothing, so that who was cast and then
 * left is out. What kind of note it is counts before its status: somebody new never comes back.
 * People who are named only by claims come after the recorded cast.
 */
export function returningCast(
  recorded: { person: string; character: string | null }[],
  claims: (Claim & { state: string })[],
): ShowPage['cast'] {
  const said = claims.filter(
    ({ who, state, kind }) =>
      who && state !== 'retracted' && state !== 'superseded' && kind.startsWith('cast_'),
  )
  const verdict = ({ kind, personStatus }: Claim) =>
    kind === 'cast_out'
      ? 'out'
      : kind === 'cast_new'
        ? 'new'
        : personStatus
          ? RETURNING[personStatus]
          : 'confirmed'
  const cast = recorded.map(({ person, character }) => {
    const claim = said.find((one) => peopleOf(one).some((named) => fold(named.person) === fold(person)))
    return { person, character, returning: claim ? verdict(claim) : null, claimId: claim?.id ?? null }
  })
  const known = new Set(recorded.map(({ person }) => fold(person)))
  for (const claim of said)
    for (const { person, character } of peopleOf(claim)) {
      if (known.has(fold(person))) continue
      known.add(fold(person))
      cast.push({ person, character, returning: verdict(claim), claimId: claim.id })
    }
  return cast
}

/** Two to four words that begin with a capital letter: a person's name in a list. */
const NAME = String.raw`\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){1,3}`
const LIST = new RegExp(`^${NAME}(?:, ${NAME})+(?:,? and ${NAME})?`, 'u')

/** Whom a claim is about: those it names, and where its sentence begins with a list of which they are the first, all of it. */
function peopleOf({
  who,
  value,
}: Pick<Claim, 'who' | 'value'>): { person: string; character: string | null }[] {
  const named = peopleIn(who)
  const [first, ...others] = named
  const list = first && others.length === 0 ? LIST.exec(value)?.[0] : undefined
  const people = list && fold(list).startsWith(fold(first!.person)) ? peopleIn(list) : []
  return people.length > 1 ? people : named
}

/** People a claim names, with their parts: "Rain as Baek Jeong", "Lee Pace (Thragg)". "Core cast" is nobody. */
function peopleIn(who: string | null): { person: string; character: string | null }[] {
  return (who ?? '').split(/(?:[,;]|\band\b)(?![^(]*\))/).flatMap((text) => {
    const name = text.replace(/\(voice\)/, '').trim()
    const [, person = name, as, inBrackets] = /^(.+?)(?: as (.+)| \((.+)\))$/.exec(name) ?? []
    return /^\p{Ll}|^$/u.test(person) ? [] : [{ person, character: as ?? inBrackets ?? null }]
  })
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
  if (show.sourceMaterial) sentences.push(`It is based on ${show.sourceMaterial}.`)
  const leads = show.cast.slice(0, 3).map(({ person }) => person)
  if (leads.length) sentences.push(`With ${list(leads)}.`)
  return sentences.join(' ')
}
