/**
 * Words are made for readers and for nobody else. Every file that makes them is put into other words here, on purpose
 * and by chance, and what the ledger keeps, compares and calls things must not notice.
 */
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { showFeed } from '@/lib/feeds/entries'
import { calendarEntries, premieresOf } from '@/lib/feeds/premieres'
import { seenChanges } from '@/lib/feeds/seen'
import { lastTold, settleHeld } from '@/lib/ledger/hold'
import { freshEvents, isAnsweredBy, overdueEvents, standingOf } from '@/lib/ledger/rules'
import { eventWords } from '@/lib/ledger/words'
import type { ShowPage } from '@/lib/pages/types'
import type { Claim, LedgerEvent } from '@/lib/status/claim'
import { deriveSeasonStatus, replayEvents } from '@/lib/status/rules'
import { anyClaim, anyEdtf, showOf, TODAY, windowOf } from '../support/show-page'

const RUNS = Number(process.env.GREENLIT_PROPERTY_RUNS ?? 1000)

const wording = vi.hoisted(() => {
  let reword = (text: string) => text
  // These stand beside words, and give codes and dates.
  const CODES = new Set(['seasonLamp', 'exactDay', 'plainDate', 'parseEdtf', 'oneSpelling', 'windowRelation'])
  return {
    in<T>(other: (text: string) => string, work: () => T): T {
      const before = reword
      reword = other
      try {
        return work()
      } finally {
        reword = before
      }
    },
    /** A file of words whose every sentence goes through the wording of the moment. */
    file(real: Record<string, unknown>): Record<string, unknown> {
      const reworded = Object.entries(real).map(([name, made]) => {
        if (CODES.has(name) || typeof made !== 'function') return [name, made]
        return [
          name,
          (...given: unknown[]) => {
            const words = made(...given)
            return typeof words === 'string' ? reword(words) : words
          },
        ]
      })
      return Object.fromEntries(reworded)
    },
  }
})

vi.mock('@/lib/shared/edtf', async (real) => wording.file(await real()))
vi.mock('@/lib/ledger/words', async (real) => wording.file(await real()))
vi.mock('@/lib/status/words', async (real) => wording.file(await real()))
vi.mock('@/lib/status/answer', async (real) => wording.file(await real()))
vi.mock('@/lib/feeds/words', async (real) => wording.file(await real()))
vi.mock('@/lib/notices/words', async (real) => wording.file(await real()))

const SITE = 'https://greenlit.example'
const NOON_MS = Date.UTC(2026, 10, 22, 12)

/** Other words for the same: longer ones, shorter ones, one for everything, none at all. */
const anyWording = fc.oneof(
  fc.string({ minLength: 1, maxLength: 8 }).map((more) => (text: string) => `${text}${more}`),
  fc.integer({ min: 1, max: 6 }).map((length) => (text: string) => text.slice(0, length)),
  fc.constant(() => 'some day'),
  fc.constant(() => ''),
)

// Mostly dates, which are what words would be made of, from sources that are believed.
const anyDate = fc
  .tuple(anyClaim(2), anyEdtf, fc.constantFrom('release_date', 'release_window', 'delayed'))
  .map(([claim, edtf, kind]): Claim => ({ ...claim, ...windowOf(edtf), kind, sourceClass: 'official' }))
const anySeason = fc.record({
  claims: fc
    .tuple(fc.array(anyClaim(2), { maxLength: 5 }), fc.array(anyDate, { minLength: 2, maxLength: 6 }))
    .map((some) => some.flat()),
  premiere: fc.option(anyEdtf, { freq: 2 }),
})
interface Season {
  claims: Claim[]
  premiere: string | null
}

const factsOf = ({ premiere }: Season) => ({
  number: 2,
  finale: null,
  episodes: null,
  recorded: premiere !== null,
  premiere: premiere ? windowOf(premiere) : null,
})

/** What happened, what of it is news to who heard the first half, and what becomes of what is held. */
function ledgerOf(season: Season, onRecord: LedgerEvent[] | null) {
  const facts = factsOf(season)
  const history = replayEvents(season.claims, facts, TODAY)
  const recorded = onRecord ?? freshEvents(history, []).slice(0, Math.ceil(history.length / 2))
  const standing = standingOf(deriveSeasonStatus(season.claims, TODAY, facts))
  const held = history.map((event, id) => ({ ...event, id, heldUntilMs: NOON_MS - id }))
  return {
    history,
    recorded,
    standing,
    fresh: freshEvents(history, recorded),
    overdue: overdueEvents(recorded, standing),
    answered: recorded.map((event) => isAnsweredBy(event, standing)),
    settled: settleHeld(held, { standing, history, known: lastTold(recorded) }, NOON_MS),
  }
}

const pageOf = ({ claims, premiere }: Season) => showOf([{ number: 2, premiere, claims }])

/** By what feeds, browsers and calendars know a change again. */
const namesOf = (page: ShowPage) => ({
  feed: showFeed(page, SITE, 'atom').entries.map(({ id }) => id),
  seen: seenChanges(page).map(({ key }) => key),
  calendar: calendarEntries(premieresOf(page), SITE, { today: TODAY, windows: true }).map(
    ({ uid, first, last, status, sequence }) => ({ uid, first, last, status, sequence }),
  ),
})

it('other words for everything change no event and no comparison, nor is what is on record news again', () => {
  let events = 0
  fc.assert(
    fc.property(anySeason, anyWording, (season, reword) => {
      const before = ledgerOf(season, null)
      events += before.history.length
      expect(wording.in(reword, () => ledgerOf(season, before.recorded))).toEqual(before)
    }),
    { numRuns: RUNS },
  )
  expect(events).toBeGreaterThan(RUNS)
})

it('and no name by which feeds, browsers and calendars know a change, though what is read there is other', () => {
  const titlesOf = (page: ShowPage) => showFeed(page, SITE, 'atom').entries.map(({ title }) => title)
  let entries = 0
  fc.assert(
    fc.property(anySeason, anyWording, (season, reword) => {
      const page = pageOf(season)
      const [before, titles] = [namesOf(page), titlesOf(page)]
      wording.in(reword, () => {
        expect(namesOf(pageOf(season))).toEqual(before)
        expect(titlesOf(pageOf(season)).filter((title) => titles.includes(title))).toEqual([])
      })
      entries += titles.length
    }),
    { numRuns: RUNS / 2 },
  )
  expect(entries).toBeGreaterThan(RUNS / 2)
})

it('what an event keeps can be put into words: a date is a date, never a sentence', () => {
  const dated = { kind: 'moved' as const, was: '2023-10/2024-03', became: '2027-03-14' }
  expect(eventWords(dated)).toBe('Premiere moved from late 2023 or early 2024 to 14 March 2027')
  expect(
    wording.in(
      () => 'some day',
      () => eventWords(dated),
    ),
  ).toBe('some day')
})
