/** A season's status as a lamp and as a sentence. */
import { formatWindow } from '@/lib/shared/edtf'
import type { Lamp, SeasonStatusWord } from './types'

const LAMP_OF: Record<SeasonStatusWord, Lamp> = {
  unannounced: 'silent',
  announced: 'ordered',
  filming: 'ordered',
  wrapped: 'ordered',
  dated: 'coming',
  airing: 'coming',
  complete: 'ended',
  cancelled: 'cancelled',
}

/** True of a season that is on or behind us. */
export const hasBegun = ({ status }: { status: SeasonStatusWord }): boolean =>
  status === 'airing' || status === 'complete'

/** The lamp of one season, for a season that is not the one its show waits for. */
export function seasonLamp(status: SeasonStatusWord): Lamp {
  return LAMP_OF[status]
}

/** How a season stands, in a sentence no more precise than what was said. */
export function seasonWords(
  number: number,
  status: SeasonStatusWord,
  premiere: { edtf: string } | null,
): string {
  const season = `Season ${number}`
  const when = premiere ? formatWindow(premiere.edtf, { style: 'prose' }) : ''
  switch (status) {
    case 'unannounced':
      return `Nobody has announced ${season.toLowerCase()}.`
    case 'announced':
      return when ? `${season} is announced, expected ${when}.` : `${season} is announced without a date.`
    case 'filming':
      return when ? `${season} is filming, expected ${when}.` : `${season} is filming, without a date.`
    case 'wrapped':
      return when
        ? `${season} has finished filming, expected ${when}.`
        : `${season} has finished filming, without a date.`
    case 'dated':
      return when ? `${season} premieres ${when}.` : `${season} has a date.`
    case 'airing':
      return when ? `${season} is airing; it premiered ${when}.` : `${season} is airing.`
    case 'complete':
      return when ? `${season} is complete; it premiered ${when}.` : `${season} is complete.`
    case 'cancelled':
      return `${season} is cancelled.`
  }
}
