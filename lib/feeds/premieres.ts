/** What calendars say of a premiere. The same season gives the same entry in every calendar that has it. */
import { createHash } from 'node:crypto'
import { eventWords } from '@/lib/ledger/words'
import type { ShowPage } from '@/lib/pages/types'
import { type Day, isDay, latestDay } from '@/lib/shared/day'
import { formatWindow, oneSpelling } from '@/lib/shared/edtf'
import type { CalendarEntry, DayChange, Premiere, SaidDay } from './types'
import { dayWords, exactDay } from './words'
import { cleanLine } from './xml'

/** How a calendar is asked for. */
export interface CalendarWish {
  today: Day
  /** Also windows, each as one tentative block; only on request, because a block in a calendar reads as a date. */
  windows: boolean
}

const uidOf = (site: string, slug: string, season: number) => {
  const hash = createHash('sha256')
    .update(JSON.stringify([slug, season, 'premiere']))
    .digest('hex')
  return `${hash.slice(0, 20)}@${new URL(site).hostname}`
}

const isDayGiven = (change: DayChange) => change.kind !== 'cancelled'

/** The statement that gave a window: of the change that brought it, else the one the season's page names. */
function saidOf({ history, said }: Premiere, edtf: string): SaidDay | null {
  const change = history.find((one) => isDayGiven(one) && one.became === oneSpelling(edtf))
  return change?.claims.find((claim) => claim.edtf === edtf) ?? change?.claims[0] ?? said
}

/** The last exact day anybody gave, with the statement. */
function lastDaySaid(history: DayChange[]): Day | null {
  for (const change of history.filter(isDayGiven)) {
    const claim = change.claims.find(({ edtf }) => edtf === change.became)
    if (claim?.edtf && isDay(claim.edtf)) return claim.edtf
  }
  return null
}

const credit = (said: SaidDay | null) =>
  said ? ` ${said.name}${said.publishedOn ? `, ${dayWords(said.publishedOn)}` : ''}: ${said.url}` : ''

type Said = Pick<CalendarEntry, 'first' | 'last' | 'status' | 'summary' | 'description'>

/** Of a season that has, or had, a day or window: what its entry says; null where there is nothing to enter. */
function sayPremiere(premiere: Premiere, { today, windows }: CalendarWish): Said | null {
  const { status, window, history } = premiere
  const name = `${premiere.show.title}, season ${premiere.season}`
  const begun = status === 'airing' || status === 'complete'
  const day = exactDay(window)
  const onDay = (at: Day) => ({ first: at, last: at })
  if (status === 'cancelled') {
    const off = history.find(({ kind }) => kind === 'cancelled')
    const last = day ?? lastDaySaid(history)
    // A day that had passed unmet before the end came was no appointment any more.
    if (!last || (off && last < off.happenedOn)) return null
    return {
      ...onDay(last),
      status: 'CANCELLED',
      summary: `Cancelled: ${name}`,
      description: `The season was cancelled. Its premiere had been announced for ${dayWords(last)}.${credit(off?.claims[0] ?? null)}`,
    }
  }
  if (window && day && (begun || day >= today)) {
    const said = saidOf(premiere, window.edtf)
    return {
      ...onDay(day),
      status: 'CONFIRMED',
      summary: `${name} premieres`,
      description: `Premiere on ${dayWords(day)}.${credit(said) || (premiere.byRecord ? ' From the record.' : '')}`,
    }
  }
  if (begun) return null
  if (window && !day && windows && window.latest >= today) {
    const words = formatWindow(window.edtf)
    return {
      first: window.earliest,
      last: window.latest,
      status: 'TENTATIVE',
      summary: `Window, no day yet: ${name}, ${words}`,
      description: `The premiere was announced for ${words} and for no day. This block is that window.${credit(saidOf(premiere, window.edtf))}`,
    }
  }
  const last = day ? null : lastDaySaid(history)
  if (!last || last < today) return null
  const moved = history.find(({ kind }) => kind === 'moved')
  return {
    ...onDay(last),
    status: 'CANCELLED',
    summary: `No longer on this day: ${name}`,
    description:
      window && moved && moved.became === oneSpelling(window.edtf)
        ? `${eventWords(moved)}. No new day has been named.${credit(moved.claims[0] ?? null)}`
        : `The premiere on ${dayWords(last)} no longer stands, and no other day has been named.`,
  }
}

/** A season's entry; null where a calendar has nothing to say of it: no day was given, or it passed unmet. */
export function calendarEntry(premiere: Premiere, site: string, wish: CalendarWish): CalendarEntry | null {
  const said = sayPremiere(premiere, wish)
  if (!said) return null
  const { slug } = premiere.show
  const stamps = premiere.history.map(({ recordedAt }) => recordedAt)
  if (premiere.changedOn) stamps.push(`${premiere.changedOn}T00:00:00Z`)
  return {
    ...said,
    summary: cleanLine(said.summary),
    description: cleanLine(said.description),
    uid: uidOf(site, slug, premiere.season),
    url: `${site}/shows/${slug}/seasons/${premiere.season}`,
    sequence: premiere.revision,
    changedAt: stamps.sort().at(-1) ?? `${wish.today}T00:00:00Z`,
  }
}

/** The entries of some premieres, by day. */
export function calendarEntries(premieres: Premiere[], site: string, wish: CalendarWish): CalendarEntry[] {
  return premieres
    .flatMap((premiere) => calendarEntry(premiere, site, wish) ?? [])
    .sort((a, b) => a.first.localeCompare(b.first) || a.uid.localeCompare(b.uid))
}

const isDayChange = (kind: string): kind is DayChange['kind'] =>
  kind === 'dated' || kind === 'moved' || kind === 'cancelled'

/** The premieres of a show's seasons, as its page knows them. */
export function premieresOf(show: ShowPage): Premiere[] {
  return show.seasons.map((season) => {
    const claims = new Map(season.claims.map((claim) => [claim.id, claim]))
    const saidBy = (id: string): SaidDay[] => {
      const claim = claims.get(id)
      return claim
        ? [{ edtf: claim.edtf, name: claim.source.name, url: claim.url, publishedOn: claim.publishedOn }]
        : []
    }
    const taken = season.claims.flatMap(({ retractedOn }) => retractedOn ?? [])
    return {
      show: { slug: show.slug, title: show.title },
      season: season.number,
      status: season.state.status,
      window: season.premiere,
      history: show.events.flatMap((event) =>
        event.season === season.number && isDayChange(event.kind)
          ? [{ ...event, kind: event.kind, claims: event.because.flatMap(saidBy) }]
          : [],
      ),
      said:
        season.claims
          .filter(({ id }) => season.state.premiereBecause.includes(id))
          .flatMap(({ id }) => saidBy(id))[0] ?? null,
      byRecord: season.state.premiereBecause.length === 0,
      revision: season.revision,
      changedOn: latestDay([season.state.changedOn ?? season.state.checkedOn, ...taken]),
    }
  })
}
