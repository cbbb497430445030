/**
 * How high the parts of a show's page come out where the ledger is a margin beside the story, in pixels and by counting
 * letters. Exact it is not; it need only tell how many notes end about where the story ends.
 */

import { hasSeasonBefore, maySpoil } from '@/lib/ledger/spoilers'
import type { SeasonView, ShowPage } from '@/lib/pages/types'
import { creditWords } from '../words'
import { foldWords } from './said'

type Note = SeasonView['claims'][number]

/** Letters on a line, and its height, by where it stands. */
const SUMMARY = { letters: 62, line: 28 }
const STORY = { letters: 74, line: 26 }
const SMALL = { letters: 84, line: 21 }
const NOTE = { letters: 44, line: 21 }
const FOOT = { letters: 52, line: 19 }
const GAP_PX = 52
const HEADING_PX = 40
const NOTE_FRAME_PX = 46
const WINDOW_PX = 72
const DISPUTE_PX = 150
const PERSON_PX = 46
const VOICE_FRAME_PX = 22
const CARD_PX = 225
const SUGGEST_PX = 150
/** The margin's own heading, and its links to all notes. */
const MARGIN_FRAME_PX = 100
/** The margin ends above the story, so much at least and at most: every note weighs on a line. */
const ABOVE_PX = 50
const ABOVE_PX_MAX = 250

const lines = (text: string, { letters, line }: { letters: number; line: number }) =>
  Math.max(1, Math.ceil(text.length / letters)) * line

const sum = (heights: number[]) => heights.reduce((total, height) => total + height, 0)

/** What is printed of a statement before anybody unfolds it. */
const printed = (claim: Note) => (maySpoil(claim) ? foldWords(claim) : claim.value)

const noteHeight = (claim: Note) =>
  NOTE_FRAME_PX +
  lines(printed(claim), NOTE) +
  lines(`${claim.source.name}, ${creditWords(claim, false)}`, FOOT)

/** The height of the story beside the margin: what the page prints down to the related shows. */
export function storyHeight(show: ShowPage, season: SeasonView | undefined, cards: number): number {
  const parts = [lines(show.summary, SUMMARY), HEADING_PX + Math.ceil(cards / 2) * CARD_PX + SUGGEST_PX]
  if (season) {
    const { missed, unconfirmed, contradictions } = season.state
    const passed = missed.length + unconfirmed.length
    if (passed > 0) parts.push(HEADING_PX + STORY.line + passed * WINDOW_PX)
    if (contradictions.length > 0) parts.push(HEADING_PX + contradictions.length * DISPUTE_PX)
    const said = show.cast.filter(({ returning }) => returning && returning !== 'unknown')
    // Who is back is one line to unfold, but of a first season.
    const open = hasSeasonBefore(season.number) ? said.filter(({ returning }) => returning === 'new') : said
    if (said.length > 0)
      parts.push(HEADING_PX + STORY.line * 3 + Math.ceil(open.length / 2) * PERSON_PX + PERSON_PX)
    const plot = season.claims.filter(({ kind, state }) => kind === 'plot_official' && state !== 'retracted')
    if (plot.length > 0)
      parts.push(
        HEADING_PX + sum(plot.map((claim) => lines(printed(claim), STORY) + SMALL.line + VOICE_FRAME_PX)),
      )
  }
  return sum(parts) + GAP_PX * (parts.length - 1)
}

/**
 * The notes of the margin: those that decide, then the newest, as many as end where the story ends, in the ledger's
 * order. Null where all there are would leave the margin short: then they are a part of the one column.
 */
export function notesBeside(claims: Note[], because: string[], story: number): Note[] | null {
  const deciding = new Set(because)
  const inTurn = [...claims].sort((a, b) => Number(deciding.has(b.id)) - Number(deciding.has(a.id)))
  const taken = new Set<Note>()
  let height = MARGIN_FRAME_PX
  for (const claim of inTurn) {
    const next = height + noteHeight(claim)
    if (next > story - ABOVE_PX) break
    taken.add(claim)
    height = next
  }
  return height < story - ABOVE_PX_MAX ? null : claims.filter((claim) => taken.has(claim))
}
