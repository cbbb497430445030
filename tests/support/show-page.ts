/** Shows as the pages get them, derived by the real rules from made-up records and claims. */

import fc from 'fast-check'
import { CLAIM_KINDS, SOURCE_CLASSES } from '../../db/schema/words'
import { eventKey } from '../../lib/ledger/keys'
import type { SeasonView, ShowPage } from '../../lib/pages/types'
import { dayOf, latestDay } from '../../lib/shared/day'
import { parseEdtf } from '../../lib/shared/edtf'
import type { Claim } from '../../lib/status/claim'
import { deriveSeasonStatus, replayEvents } from '../../lib/status/rules'
import { deriveShow } from '../../lib/status/show'
import type { SeasonFacts, Window } from '../../lib/status/types'
import { citesOfficialBody } from './bodies'

export const TODAY = '2026-11-22'

/** A window of an EDTF text. */
export function windowOf(edtf: string): Window {
  const parsed = parseEdtf(edtf)
  if (!parsed.ok) throw new Error(parsed.reason)
  return { edtf: parsed.window.edtf, earliest: parsed.window.earliest, latest: parsed.window.latest }
}

let claimCount = 0

/** A claim; `edtf` sets its bounds. */
export function claimOf(
  given: Partial<Omit<Claim, 'earliest' | 'latest'>> & Pick<Claim, 'season' | 'kind'>,
): Claim {
  const bounds = given.edtf ? windowOf(given.edtf) : null
  return {
    id: `c_${String(++claimCount).padStart(20, '0')}`,
    value: 'said so',
    who: null,
    personStatus: null,
    modality: 'done',
    citing: null,
    citesOfficialBody: citesOfficialBody(given.citing),
    url: 'https://news.example/1',
    publishedOn: '2026-10-01',
    seenOn: '2026-11-20',
    source: { slug: 'the-network', name: 'The Network' },
    sourceClass: 'official',
    retractedOn: null,
    retractReason: null,
    ...given,
    edtf: bounds?.edtf ?? null,
    earliest: bounds?.earliest ?? null,
    latest: bounds?.latest ?? null,
  }
}

interface SeasonGiven {
  number: number
  premiere?: string | null
  finale?: string | null
  episodes?: number | null
  claims?: Claim[]
}

/** A show's page from seasons given as record and claims; everything derived is derived by the real rules. */
export function showOf(seasons: SeasonGiven[], given: Partial<ShowPage> = {}): ShowPage {
  const today = given.today ?? TODAY
  const settled = seasons.map(({ number, premiere, finale, episodes, claims = [] }) => {
    const facts: SeasonFacts = {
      number,
      premiere: premiere ? windowOf(premiere) : null,
      finale: finale ? windowOf(finale) : null,
      episodes: episodes ?? null,
    }
    return { facts, claims, status: deriveSeasonStatus(claims, today, facts) }
  })
  const views = settled.map(
    ({ facts, claims, status }): SeasonView => ({
      number: facts.number,
      name: null,
      episodes: facts.episodes,
      premiere: facts.premiere ?? status.premiere,
      finale: facts.finale ?? status.finale,
      state: status,
      claims: claims.map((claim) => ({ ...claim, state: status.states[claim.id] ?? 'stands' })),
      revision: 0,
      recap: [],
      recordedBy: { premiere: [], finale: [], episodes: [] },
      givenBy: [],
      recorded: facts.premiere !== null,
    }),
  )
  const events = settled
    .flatMap(({ facts, claims }) => replayEvents(claims, facts, today))
    .map((event) => ({
      ...event,
      recordedAt: `${event.happenedOn}T09:30:00Z`,
      key: eventKey('a-show', event),
      seenKey: null,
    }))
    .reverse()
  const revisionOf = (number: number) =>
    events.filter(({ season, kind }) => season === number && /^(?:dated|moved|cancelled)$/.test(kind)).length
  for (const view of views) view.revision = revisionOf(view.number)
  return {
    slug: 'a-show',
    title: 'A Show',
    originalTitle: null,
    aliases: [],
    kind: 'scripted',
    country: 'South Korea',
    language: 'Korean',
    network: { slug: 'netflix', name: 'Netflix' },
    genres: [{ slug: 'horror', name: 'Horror' }],
    tags: [],
    creators: [],
    cast: [],
    sourceMaterial: null,
    summary: 'A school is cut off by an outbreak.',
    summaryComposed: false,
    year: 2022,
    ids: [],
    provenance: [],
    labels: [],
    givenBy: [],
    seasons: views,
    status: deriveShow(settled, today).status,
    events,
    corrections: [],
    related: [],
    estimate: null,
    changedOn: latestDay(views.map(({ state }) => state.changedOn)),
    checkedOn: latestDay(views.map(({ state }) => state.checkedOn)),
    newestSourceOn: latestDay(views.flatMap(({ claims }) => claims.map(({ publishedOn }) => publishedOn))),
    today,
    ...given,
  }
}

const anyDay = fc
  .integer({ min: Date.UTC(2019, 0, 1) / 86_400_000, max: Date.UTC(2029, 11, 31) / 86_400_000 })
  .map((day) => dayOf(new Date(day * 86_400_000)))

/** A day, month, year, season, quarter, about, or a span. */
export const anyEdtf = fc.oneof(
  anyDay,
  anyDay.map((day) => day.slice(0, 7)),
  anyDay.map((day) => day.slice(0, 4)),
  anyDay.map((day) => `${day.slice(0, 4)}-21`),
  anyDay.map((day) => `${day.slice(0, 4)}-Q3`),
  anyDay.map((day) => `${day.slice(0, 7)}~`),
  fc
    .tuple(anyDay, anyDay)
    .map(([a, b]) => (a < b ? `${a.slice(0, 7)}/${b.slice(0, 7)}` : `${b.slice(0, 7)}/${a.slice(0, 7)}`)),
)

// Names nobody should be able to hurt a file with.
const anyName = fc.oneof(
  fc.constantFrom(
    'All of Us Are Dead',
    '지금 우리 학교는',
    '</script><script>alert(1)</script>',
    ']]><x a="1">&amp;',
    'A\u202eB\u0007C',
    'line\r\nEND:VEVENT',
    'a;b,c\\d',
    '進撃の巨人'.repeat(30),
    '🦑🦑🦑',
  ),
  fc.string({ minLength: 1, maxLength: 60, unit: 'binary' }).map((text) => text.trim() || 'x'),
)

/** Any claim about a season. */
export const anyClaim = (season: number) =>
  fc
    .record({
      kind: fc.constantFrom(...CLAIM_KINDS),
      edtf: fc.option(anyEdtf),
      value: anyName,
      publishedOn: fc.option(anyDay),
      sourceClass: fc.constantFrom(...SOURCE_CLASSES),
      modality: fc.constantFrom('done' as const, 'planned' as const),
      retractedOn: fc.option(anyDay, { freq: 9 }),
      source: fc.constantFrom(
        { slug: 'the-network', name: 'The Network' },
        { slug: 'a-paper', name: 'A Paper & Sons' },
        { slug: 'a-fan', name: 'Fan <b>site</b>' },
      ),
    })
    .map((given) => claimOf({ season, ...given }))

/** Any show: three seasons of any record, any claims, any names. */
export const anyShow: fc.Arbitrary<ShowPage> = fc
  .tuple(
    anyName,
    fc.array(anyName, { maxLength: 3 }),
    fc.tuple(
      ...[1, 2, 3].map((number) =>
        fc.record({
          number: fc.constant(number),
          premiere: number === 3 ? fc.constant(null) : fc.option(anyEdtf),
          finale: fc.constant(null),
          episodes: fc.option(fc.integer({ min: 1, max: 24 })),
          claims: fc.array(anyClaim(number), { maxLength: 8 }),
        }),
      ),
    ),
    fc.array(
      fc.record({
        season: fc.constantFrom(null, 2),
        text: anyName,
        publishedOn: anyDay,
        claimId: fc.constant(null),
      }),
      { maxLength: 2 },
    ),
  )
  .map(([title, aliases, seasons, corrections]) => showOf(seasons, { title, aliases, corrections }))
