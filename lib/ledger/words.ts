/** Events as readers are told of them. */
import { formatWindow } from '@/lib/shared/edtf'
import type { EventKind } from '@/lib/status/claim'

const inWords = (value: string) => formatWindow(value) || value

interface Told {
  kind: EventKind
  was: string
  became: string
  season?: number
  /** True for whoever wants the cast by name, whatever it gives away. */
  named?: boolean
}

/**
 * An event in words, dates as precise as they were said. Who is cast is named for a first season only: a name that comes
 * back gives away who lived, and a feed or a mail cannot fold it. The page can.
 */
export function eventWords({ kind, was, became, season, named = season === 1 }: Told): string {
  const [before, after] = [inWords(was), inWords(became)]
  switch (kind) {
    case 'announced':
      return became === 'announced' ? 'Announced' : 'In the making'
    case 'renewed':
      return 'Renewed'
    case 'cancelled':
      return 'Cancelled'
    case 'final-season':
      return 'Named as the final season'
    case 'filming-started':
      return 'Filming started'
    case 'filming-wrapped':
      return 'Filming finished'
    case 'dated':
      return after ? `A date was given: ${after}` : 'A date was given'
    case 'moved':
      return before && after ? `Premiere moved from ${before} to ${after}` : 'Premiere moved'
    case 'window-missed':
      return before
        ? `The window ${before} passed without a premiere`
        : 'The window passed without a premiere'
    case 'trailer':
      return 'A trailer is out'
    case 'cast-confirmed':
      return became && named ? `Cast confirmed: ${became}` : 'Cast confirmed'
    case 'premiered':
      return 'Premiered'
    case 'complete':
      return 'The season is complete'
  }
}

/** A premiere that we heard of long after its day, as what it is. */
export const latePremiereWords = (became: string): string =>
  `Premiered on ${inWords(became)}; we learnt of it only now`
