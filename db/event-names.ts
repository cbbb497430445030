/**
 * Gives the events of an older release their names and their values. That release stored dates in English words and
 * made the names feeds and browsers know an event by out of them. Here each event is given those names for ever, and
 * then the dates the words stood for: what the season's claims, its record and its state say, put into that release's
 * words, tells which. Words that nothing explains stay, and are shown as they are.
 */
import { createHash } from 'node:crypto'
import type postgres from 'postgres'
import { oldWords } from './old-words'

/** Events read, named and written at a time. */
const BATCH = 1000

const DATE_KINDS = new Set(['dated', 'moved', 'window-missed', 'premiered', 'complete'])

interface OldEvent {
  id: number
  slug: string
  season_id: number
  season: number
  kind: string
  was: string
  became: string
  because: string[]
  happened_on: string
  ordinal: number
}

interface Said {
  season_id: number
  /** The claim that says it; null for the record and the state. */
  claim: string | null
  edtf: string
}

type Place = Pick<OldEvent, 'season_id' | 'kind' | 'was' | 'became' | 'happened_on'>

const sha256 = (parts: (string | number)[]) => createHash('sha256').update(JSON.stringify(parts))

/** What feeds called the event. */
const oldKey = (event: OldEvent) =>
  sha256([event.slug, event.season, event.kind, event.was, event.became, event.happened_on])
    .digest('hex')
    .slice(0, 20)

/** What browsers remembered it by. */
const oldSeenKey = ({ season, kind, happened_on, became }: OldEvent) =>
  sha256([season, kind, happened_on, became]).digest('base64url').slice(0, 12)

// Events spell a northern season as the plain one, and a date that begins and ends in itself once (lib/shared/edtf).
function spelling(edtf: string): string {
  const parts = edtf
    .split('/')
    .map((part) => part.replace(/^(\d{4})-2([5-8])(?=[~?%]?$)/, (_, year, code) => `${year}-2${code - 4}`))
  return [...new Set(parts)].join('/')
}

/** The values of an event in place of its words; of several dates with the same words, the one it rests on first. */
function valuesOf(event: OldEvent, said: Said[]): Pick<OldEvent, 'was' | 'became'> {
  if (event.kind === 'final-season') return { was: event.was, became: 'final-season' }
  if (!DATE_KINDS.has(event.kind)) return event
  const first = said.filter(({ claim }) => claim !== null && event.because.includes(claim))
  const dates = [...first, ...said].map(({ edtf }) => edtf)
  // A premiere and a finale are events of their own day, whatever the record says of it by now.
  if (event.kind === 'premiered' || event.kind === 'complete') dates.push(event.happened_on)
  const dateOf = (words: string) => {
    const date = words && dates.find((edtf) => oldWords(edtf) === words)
    return date ? spelling(date) : words
  }
  return { was: dateOf(event.was), became: dateOf(event.became) }
}

const placeOf = ({ season_id, kind, was, became, happened_on }: Place) =>
  JSON.stringify([season_id, kind, was, became, happened_on])

/** Which numbers are taken by what happened several times on a day, by whom. */
class Places {
  private readonly taken = new Map<string, Map<number, number>>()

  constructor(events: (Place & { id: number; ordinal: number })[]) {
    for (const event of events) this.put(event, event.ordinal, event.id)
  }

  /** The number an event keeps, or gets where another, of a newer release, has written the same in values. */
  settle(event: OldEvent, values: Pick<OldEvent, 'was' | 'became'>): number {
    const there = this.taken.get(placeOf({ ...event, ...values }))
    const holder = there?.get(event.ordinal)
    const ordinal =
      there && holder !== undefined && holder !== event.id ? Math.max(...there.keys()) + 1 : event.ordinal
    this.put({ ...event, ...values }, ordinal, event.id)
    return ordinal
  }

  private put(place: Place, ordinal: number, id: number): void {
    const name = placeOf(place)
    this.taken.set(name, (this.taken.get(name) ?? new Map()).set(ordinal, id))
  }
}

async function saidOf(sql: postgres.ISql, seasons: number[]): Promise<Map<number, Said[]>> {
  const rows = await sql<Said[]>`
    select season_id, claim, edtf from (
      select season_id, id as claim, edtf, kind not in ('release_date', 'release_window', 'delayed') as place
        from claim where season_id = any(${seasons}) and edtf is not null
      union all select season_id, null, premiere_edtf, true from season_state
        where season_id = any(${seasons}) and premiere_edtf is not null
      union all select id, null, given.edtf, true from season cross join lateral (values (premiere), (finale)) as given (edtf)
        where id = any(${seasons}) and given.edtf is not null) as said
    order by place, claim`
  const bySeason = new Map<number, Said[]>()
  for (const row of rows) bySeason.set(row.season_id, [...(bySeason.get(row.season_id) ?? []), row])
  return bySeason
}

/**
 * Names every event that has no name yet, and puts values in place of its words. Safe to repeat; it belongs into one
 * transaction. @returns how many were named
 */
export async function nameEvents(sql: postgres.ISql): Promise<number> {
  for (let named = 0, after = 0; ; ) {
    const events = await sql<OldEvent[]>`
      select event.id, show.slug, event.season_id, season.number as season, event.kind, event.was, event.became,
        event.because, event.happened_on::text as happened_on, event.ordinal
      from event join show on show.id = event.show_id join season on season.id = event.season_id
      where event.key is null and event.id > ${after} order by event.id limit ${BATCH}`
    const last = events.at(-1)
    if (!last) return named
    const seasons = [...new Set(events.map(({ season_id }) => season_id))]
    const said = await saidOf(sql, seasons)
    const places = new Places(
      await sql<(Place & { id: number; ordinal: number })[]>`
        select id, season_id, kind, was, became, happened_on::text as happened_on, ordinal
        from event where season_id = any(${seasons})`,
    )
    const rows = events.map((event) => {
      const { was, became } = valuesOf(event, said.get(event.season_id) ?? [])
      const ordinal = places.settle(event, { was, became })
      return { id: event.id, key: oldKey(event), seen_key: oldSeenKey(event), was, became, ordinal }
    })
    await sql`
      update event set key = x.key, seen_key = x.seen_key, was = x.was, became = x.became, ordinal = x.ordinal
      from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as x(id int, key text, seen_key text, was text, became text, ordinal smallint)
      where event.id = x.id`
    named += events.length
    after = last.id
  }
}
