/**
 * Pure. Which class of shows one belongs to. Waits and renewals differ more between these classes than within them, so a
 * forecast is calibrated, and its record told, by class. What counts is the network the catalogue has for the show, what
 * kind of show it is and where it is made: nothing that a later season could change.
 */
import { networkClass } from './networks'
import { networkKey } from './rates'

export const SHOW_CLASSES = [
  'netflix',
  'streaming',
  'anime',
  'asian-drama',
  'network-tv',
  'unscripted',
  'other',
] as const
export type ShowClass = (typeof SHOW_CLASSES)[number]

const ASIAN =
  /^(South Korea|Japan|China|Taiwan|Hong Kong|Thailand|Philippines|Singapore|Malaysia|Indonesia|Vietnam)$/
const ENGLISH = /^(United States|United Kingdom|Canada|Australia|Ireland|New Zealand)$/

/** The class of a show. A Netflix original is one wherever it is made, an anime one on whatever service. */
export function classOf(show: { kind: string; country: string | null; network: string | null }): ShowClass {
  if (show.kind === 'anime') return 'anime'
  if (show.network && networkKey(show.network) === 'netflix') return 'netflix'
  if (show.kind !== 'scripted' && show.kind !== 'animation') return 'unscripted'
  if (show.country && ASIAN.test(show.country)) return 'asian-drama'
  const house = networkClass(show.network)
  if (house === 'streamer' || house === 'web') return 'streaming'
  return show.network && show.country && ENGLISH.test(show.country) ? 'network-tv' : 'other'
}
