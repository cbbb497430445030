/** Small pure rules of the ledger: which events are new, and the cursor of the list of changes. */
import type { SeasonStatusWord } from '@/db/schema/words'
import { type Day, daysBetween, isDay } from '@/lib/shared/day'
import { oneSpelling } from '@/lib/shared/edtf'
import type { Claim, LedgerEvent } from '@/lib/status/claim'

/** Two tellings of one happening may be dated so far apart, when an earlier page turns up later. */
const SAME_EVENT_DAYS = 45
const GATHERED_DAYS = 10

const ONCE = new Set<LedgerEvent['kind']>([
  'final-season',
  'filming-started',
  'filming-wrapped',
  'premiered',
  'complete',
])
const people = (became: string) => became.split(', ').filter(Boolean)

const isOrder = (kind: LedgerEvent['kind']) => kind === 'announced' || kind === 'renewed'
const isDate = (kind: LedgerEvent['kind']) => kind === 'dated' || kind === 'moved'

type Say = Pick<LedgerEvent, 'kind' | 'became'>

/** What an event answers to the question it is about, in one word; null for kinds that answer none. */
function sayOf({ kind, became }: Say): { question: 'order' | 'date'; say: string } | null {
  if (isOrder(kind)) return { question: 'order', say: 'ordered' }
  if (kind === 'cancelled') return { question: 'order', say: 'cancelled' }
  return isDate(kind) ? { question: 'date', say: became } : null
}

/** Whether something else was said between `first` and a later `again`: then it happened anew. */
function happenedAnew(first: LedgerEvent, again: LedgerEvent, known: LedgerEvent[]): boolean {
  const mine = sayOf(again)
  return (
    mine !== null &&
    again.happenedOn > first.happenedOn &&
    known.some((between) => {
      const said = sayOf(between)
      return (
        said?.question === mine.question &&
        said.say !== mine.say &&
        between.happenedOn >= first.happenedOn &&
        between.happenedOn <= again.happenedOn
      )
    })
  )
}

/**
 * The events of a history that are not on record yet. The record only grows: an event told again with another day or
 * another witness is the same event, and of a casting told again only the new names are news.
 */
export function freshEvents(history: LedgerEvent[], onRecord: LedgerEvent[]): LedgerEvent[] {
  const known = [...onRecord]
  const fresh: LedgerEvent[] = []
  for (const event of history) {
    const near = (other: LedgerEvent, days: number) =>
      Math.abs(daysBetween(other.happenedOn, event.happenedOn)) <= days && !happenedAnew(other, event, known)
    const same = known.filter(({ kind }) => kind === event.kind || (isOrder(kind) && isOrder(event.kind)))
    let told = event
    if (ONCE.has(event.kind)) {
      if (same.length > 0) continue
    } else if (event.kind === 'window-missed') {
      if (same.some(({ was }) => was === event.was)) continue
    } else if (isDate(event.kind)) {
      if (known.some((k) => isDate(k.kind) && k.became === event.became && near(k, SAME_EVENT_DAYS))) continue
    } else if (event.kind === 'cast-confirmed') {
      const named = new Set(same.flatMap(({ became }) => people(became)))
      const rest = people(event.became).filter((name) => !named.has(name))
      const nameless = event.became === '' && !same.some((other) => near(other, GATHERED_DAYS))
      if (rest.length === 0 && !nameless) continue
      told = { ...event, became: rest.join(', ') }
    } else if (same.some((other) => near(other, event.kind === 'trailer' ? GATHERED_DAYS : SAME_EVENT_DAYS)))
      continue
    fresh.push(told)
    known.push(told)
  }
  return fresh
}

/** How a season stands, as far as readers are told of it. */
export interface Standing {
  /** 'cancelled', 'ordered', or '' where nobody has ordered it. */
  order: 'cancelled' | 'ordered' | ''
  /** The premiere ahead as events keep it; '' while there is none. */
  date: string
}

/** The standing of a season by its status. */
export function standingOf(status: {
  status: SeasonStatusWord
  premiere: { edtf: string } | null
}): Standing {
  const order = status.status === 'cancelled' ? 'cancelled' : status.status === 'unannounced' ? '' : 'ordered'
  return { order, date: status.premiere ? oneSpelling(status.premiere.edtf) : '' }
}

/** Whether a season still stands as an event told; null for events about neither order nor date. */
export function isAnsweredBy(event: Say, standing: Standing): boolean | null {
  const said = sayOf(event)
  return said && said.say === standing[said.question]
}

/**
 * The kinds of event by which readers must still be told that a season no longer stands as they were told: history
 * is told by the day, and what went there and back within one is not in it. `told` are the season's events in the
 * order they were recorded, without those that were taken back. An answer that merely fell away makes no event: it
 * was retracted, which has a correction, or its day passed, which is a missed window.
 */
export function overdueEvents(
  told: Say[],
  { order, date }: Standing,
): Pick<LedgerEvent, 'kind' | 'was' | 'became'>[] {
  const last = (question: 'order' | 'date') =>
    told
      .map(sayOf)
      .filter((said) => said?.question === question)
      .at(-1)?.say
  const overdue: Pick<LedgerEvent, 'kind' | 'was' | 'became'>[] = []
  const [lastOrder, lastDate] = [last('order'), last('date')]
  if (lastOrder && order && lastOrder !== order)
    overdue.push(
      order === 'cancelled'
        ? { kind: 'cancelled', was: 'announced', became: 'cancelled' }
        : { kind: 'renewed', was: 'cancelled', became: 'announced' },
    )
  if (lastDate && date && lastDate !== date) overdue.push({ kind: 'moved', was: lastDate, became: date })
  return overdue
}

/** Where a page of changes ended: the next begins behind this event. */
export interface ChangeCursor {
  happenedOn: Day
  id: number
}

/** A cursor as text fit for a URL. */
export const writeChangeCursor = ({ happenedOn, id }: ChangeCursor): string => `${happenedOn}.${id}`

/** Reads a cursor back; null for anything this site has not given out. */
export function readChangeCursor(text: string): ChangeCursor | null {
  const match = /^(\d{4}-\d\d-\d\d)\.(\d{1,9})$/.exec(text)
  const [, happenedOn = '', id] = match ?? []
  return isDay(happenedOn) ? { happenedOn, id: Number(id) } : null
}

/** What became of a source's dates: the premiere came inside them, they passed unmet, or they still lie ahead. */
export interface SourceRecord {
  cameTrue: number
  missed: number
  open: number
}

/**
 * Scores the dates a source gave for the premiere of a season (release dates and windows; not what it took back).
 * `premiere` is the recorded one, null while there is none; a statement made after the premiere is no forecast.
 */
export function scoreDates(
  claims: Pick<Claim, 'kind' | 'earliest' | 'latest' | 'publishedOn' | 'retractedOn'>[],
  premiere: { earliest: Day; latest: Day } | null,
  today: Day,
): SourceRecord {
  const record = { cameTrue: 0, missed: 0, open: 0 }
  for (const { kind, earliest, latest, publishedOn, retractedOn } of claims) {
    if (kind !== 'release_date' && kind !== 'release_window') continue
    if (!earliest || !latest || retractedOn) continue
    if (premiere && publishedOn && publishedOn > premiere.latest) continue
    if (premiere && earliest <= premiere.latest && latest >= premiere.earliest) record.cameTrue++
    else if (premiere || latest < today) record.missed++
    else record.open++
  }
  return record
}
