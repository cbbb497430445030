/** What a preview image says: title, lamp, the one-line answer and the day it is as of. Nothing else, no other date. */
import type { ShowPage } from '@/lib/pages/types'
import type { Lamp } from '@/lib/status/types'
import { seasonAnswer, seasonLamp } from './season'
import { dayWords } from './words'
import { cleanLine } from './xml'

export interface Card {
  /** Null where no name of the show can be drawn in the letters at hand. */
  title: string | null
  lamp: Lamp
  answer: string
  /** "as of 22 November 2026"; null on the site's own card. */
  asOf: string | null
}

/** Letters the image's font has (Latin, Cyrillic, common signs); others would come out as empty boxes. */
const DRAWABLE =
  /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u0113\u0116-\u012b\u012e-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u014d\u0150-\u017e\u0400-\u045f\u1ea0-\u1ef9\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u20ac\u2122]+$/

/** True where every letter can be drawn. */
export const isDrawable = (text: string) => DRAWABLE.test(text)

const TITLE_MAX = 90
const ANSWER_MAX = 260

function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  const cut = text.slice(0, most - 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2)).trimEnd()}…`
}

/** The sentences that fit: half a sentence could leave half a date. */
function wholeSentences(text: string, most: number): string {
  if (text.length <= most) return text
  const end = text.slice(0, most).lastIndexOf('. ')
  return end > 0 ? text.slice(0, end + 1) : shorten(text, most)
}

function drawableTitle(show: ShowPage): string | null {
  const name = [show.title, ...show.aliases].map(cleanLine).find(isDrawable)
  return name === undefined ? null : shorten(name, TITLE_MAX)
}

// An answer credits sources, whose names may be in any script: what cannot be drawn is left to the page.
function drawableAnswer(answer: string): string {
  const line = cleanLine(answer)
  return isDrawable(line) ? wholeSentences(line, ANSWER_MAX) : 'The answer, with its sources, is on the page.'
}

const asOf = (show: ShowPage) => `as of ${dayWords(show.today)}`

/** The card of a show. */
export function showCard(show: ShowPage): Card {
  return {
    title: drawableTitle(show),
    lamp: show.status.lamp,
    answer: drawableAnswer(show.status.answer),
    asOf: asOf(show),
  }
}

/** The card of a season; null where the show has no such season. */
export function seasonCard(show: ShowPage, number: number): Card | null {
  const season = show.seasons.find((candidate) => candidate.number === number)
  if (!season) return null
  const title = drawableTitle(show)
  return {
    title: title && `${title}, season ${number}`,
    lamp: seasonLamp(show, season),
    answer: drawableAnswer(seasonAnswer(show, season)),
    asOf: asOf(show),
  }
}

/** The site's own card. */
export const SITE_CARD: Card = {
  title: 'Is my show coming back?',
  lamp: 'coming',
  answer: 'The true state of its next season, with the source and the date behind it.',
  asOf: null,
}
