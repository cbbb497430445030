import { filterSlug } from '@/lib/shared/slug'
import type { Term } from './terms'
import { reasonKind } from './terms'
import type { Reason } from './types'

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
      return `Both are ${label.toLowerCase()}`
    case 'creator':
      return `Both made by ${label}`
    case 'cast':
      return `${label} is in both`
    case 'source':
      return `Both adapt a ${label}`
    case 'country':
      return `Both from ${label.replace(/^(?=United )/, 'the ')}`
    case 'network':
      return `Both on ${label}`
    case 'era':
      return `Both began in ${label}`
    default:
      return `Both are described with “${label}”`
  }
}

/** The reason a shared term makes for a card, with its share of the score; null for terms that are no reason. */
export function reasonFor(term: Term, share: number): Reason | null {
  const kind = reasonKind(term.field)
  return (
    kind && {
      kind,
      term: term.label,
      text: sentence(term),
      href: factsPage(term),
      share: Math.round(share * 1000) / 1000,
    }
  )
}
