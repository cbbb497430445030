import { countryInProse } from '@/lib/shared/country'
import { filterSlug } from '@/lib/shared/slug'
import type { Term } from './terms'
import { reasonKind } from './terms'
import type { Reason, ReasonKind, RelatedTitle } from './types'

/** A browse page that lists the shows the fact is true of; null where no such page exists. */
function factsPage({ field, label }: Term): string | null {
  switch (field) {
    case 'tag':
    case 'genre':
    case 'country':
    case 'network':
      return `/shows?${field}=${encodeURIComponent(filterSlug(label))}`
    case 'cast':
    case 'creator':
      return `/shows?person=${encodeURIComponent(label)}`
    default:
      return null
  }
}

function sentence({ field, label }: Term): string {
  switch (field) {
    case 'tag':
      return `Shared premise: ${label}`
    case 'genre':
      return `Shared genre: ${label.toLowerCase()}`
    case 'creator':
      return `Both made by ${label}`
    case 'cast':
      return `${label} is in both`
    case 'source':
      return `Both adapt a ${label}`
    case 'country':
      return `Both from ${countryInProse(label)}`
    case 'network':
      return `Both on ${label}`
    case 'era':
      return `Both began in ${label}`
    default:
      return `Both have ${label}`
  }
}

/** The order a card gives its reasons in: what a story is about, who made it, then what it merely belongs to. */
const ORDER: ReasonKind[] = [
  'tag',
  'creator',
  'source',
  'cast',
  'genre',
  'genre_country',
  'country',
  'network',
  'era',
]

/** True of every second title of a list: beside a reason that is not, one of them is enough. */
const GENERAL = new Set<ReasonKind>(['genre', 'country'])

/** Shares are kept to the thousandth. */
export const roundedShare = (share: number) => Math.round(share * 1000) / 1000

/** A fact that both titles have: where it stands in the index, what kind of reason it makes, its share of the score. */
export interface Ground {
  number: number
  kind: ReasonKind
  share: number
}

/** Grounds as a card gives them, premise first; at most one is of the general kind where others are not. */
export function groundsOf(grounds: Ground[]): [number: number, share: number][] {
  const sorted = grounds.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || b.share - a.share)
  const general = sorted.filter(({ kind }) => GENERAL.has(kind))
  const said = general.length < sorted.length ? [general[0]] : general
  return sorted
    .filter((ground) => !GENERAL.has(ground.kind) || said.includes(ground))
    .map(({ number, share }) => [number, share])
}

/** What a card says of a term that both have. */
export const termReason = (term: Term, share: number): Reason => ({
  kind: reasonKind(term.field)!,
  term: term.label,
  text: sentence(term),
  href: factsPage(term),
  share,
})

/** What a card says of a genre and a country that both have, each by itself too common to be said. */
export function mixReason(genre: Term, country: Term, share: number): Reason {
  const words = [filterSlug(genre.label), filterSlug(country.label)].map(encodeURIComponent)
  return {
    kind: 'genre_country',
    term: `${genre.label}, ${country.label}`,
    text: `Shared genre: ${genre.label.toLowerCase()} from ${countryInProse(country.label)}`,
    href: `/shows?genre=${words[0]}&country=${words[1]}`,
    share,
  }
}

/** What a card says of those who follow both. */
export function readersReason(both: number, share: number): Reason {
  return {
    kind: 'readers',
    term: String(both),
    text: `${both} readers who follow it also follow this`,
    href: null,
    share,
  }
}

/** What a card says of kin. */
export function franchiseReason(of: RelatedTitle): Reason {
  return {
    kind: 'franchise',
    term: of.title,
    text: `Belongs to the same story world as ${of.title}`,
    href: null,
    share: 0,
  }
}
