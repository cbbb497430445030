import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { writeAtom, writeJsonFeed } from '@/lib/feeds/atom'
import { changesFeed, readerFeed, seasonFeed, showFeed } from '@/lib/feeds/entries'
import { writeCalendar } from '@/lib/feeds/icalendar'
import { correctionsLd } from '@/lib/feeds/json-ld'
import { changesAlternates, seasonMetadata, showMetadata } from '@/lib/feeds/metadata'
import { calendarEntries, premieresOf } from '@/lib/feeds/premieres'
import type { Change, ListedCorrection } from '@/lib/ledger/types'
import type { ShowPage } from '@/lib/pages/types'
import { addDays } from '@/lib/shared/day'
import { anyShow, claimOf, showOf, TODAY } from '../support/show-page'

const SITE = 'https://greenlit.example'

const entries = (show: ShowPage, windows = false) =>
  calendarEntries(premieresOf(show), SITE, { today: show.today, windows })
const only = (show: ShowPage, windows = false) => {
  const [entry, ...others] = entries(show, windows)
  expect(others).toEqual([])
  return entry
}

type Said = Parameters<typeof claimOf>[0]
const secondSeason = (...claims: Omit<Said, 'season'>[]) =>
  showOf([{ number: 2, claims: claims.map((claim) => claimOf({ season: 2, ...claim } as Said)) }])

const dated = { kind: 'release_date', edtf: '2027-03-14', publishedOn: '2026-01-10' } as const
const movedToDay = { kind: 'release_date', edtf: '2027-06-01', publishedOn: '2026-05-01' } as const
const movedToWindow = { kind: 'release_window', edtf: '2027-09/2027-11', publishedOn: '2026-06-01' } as const
const cancelled = { kind: 'cancelled', publishedOn: '2026-09-01' } as const

describe('an appointment in a calendar', () => {
  it('is an all-day event that ends the day after, confirmed, changed when its last statement was recorded', () => {
    const show = secondSeason(dated)
    const text = writeCalendar('A', entries(show))
    const event = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')!
    expect(text).toContain('\r\nDTSTART;VALUE=DATE:20270314\r\nDTEND;VALUE=DATE:20270315\r\n')
    expect(text).toContain('\r\nDTSTAMP:20260110T093000Z\r\nLAST-MODIFIED:20260110T093000Z\r\n')
    expect(text).toContain('\r\nREFRESH-INTERVAL;VALUE=DURATION:PT12H\r\nX-PUBLISHED-TTL:PT12H\r\n')
    expect(event.getFirstPropertyValue('status')).toBe('CONFIRMED')
    expect(event.getFirstPropertyValue('description')).toBe(
      'Premiere on 14 March 2027. The Network, 10 January 2026: https://news.example/1',
    )
  })

  it('moves when the premiere moves: the same entry, another day, a higher number', () => {
    const [before, after] = [only(secondSeason(dated))!, only(secondSeason(dated, movedToDay))!]
    expect(after.uid).toBe(before.uid)
    expect([before.first, after.first]).toEqual(['2027-03-14', '2027-06-01'])
    expect(after.sequence).toBe(before.sequence + 1)
    expect(after.changedAt > before.changedAt).toBe(true)
  })

  it('is called off on its last known day when the season is cancelled', () => {
    const [before, after] = [
      only(secondSeason(dated, movedToDay))!,
      only(secondSeason(dated, movedToDay, cancelled))!,
    ]
    expect(after).toMatchObject({ uid: before.uid, first: '2027-06-01', status: 'CANCELLED' })
    expect(after.sequence).toBe(before.sequence + 1)
    expect(after.summary).toBe('Cancelled: A Show, season 2')
  })

  it('does not vanish when the premiere moves to a window: it says that this is no longer the day', () => {
    const before = only(secondSeason(dated))!
    const after = only(secondSeason(dated, movedToWindow))!
    expect(after).toMatchObject({ uid: before.uid, first: '2027-03-14', status: 'CANCELLED' })
    expect(after.description).toContain('Premiere moved from 14 March 2027 to September – November 2027')
    expect(after.sequence).toBe(before.sequence + 1)
  })

  it('is none where no day was given, where the day passed unmet, or where the end came after it', () => {
    expect(only(secondSeason(movedToWindow))).toBeUndefined()
    expect(only(secondSeason({ kind: 'renewed', publishedOn: '2026-01-01' }))).toBeUndefined()
    const passed = { kind: 'release_window', edtf: '2026-03-14~', publishedOn: '2026-01-10' } as const
    expect(only(secondSeason(passed), true)).toBeUndefined()
  })

  it('is a window only where windows are asked for: one tentative block under the same name', () => {
    const show = secondSeason(movedToWindow)
    expect(only(show)).toBeUndefined()
    expect(only(show, true)).toMatchObject({
      uid: only(secondSeason(dated))!.uid,
      status: 'TENTATIVE',
      first: '2027-09-01',
      last: '2027-11-30',
      summary: 'Window, no day yet: A Show, season 2, September – November 2027',
    })
    expect(writeCalendar('A', entries(show, true))).toMatch(
      /DTEND;VALUE=DATE:20271201\r\nSTATUS:TENTATIVE\r\nTRANSP:TRANSPARENT/,
    )
    // A day stays a day beside the windows.
    expect(only(secondSeason(dated), true)).toEqual(only(secondSeason(dated)))
  })

  it('keeps its name, and never lasts longer than was said, whatever is said of a show', () => {
    fc.assert(
      fc.property(anyShow, fc.boolean(), (show, windows) => {
        const made = entries(show, windows)
        expect(new Set(made.map(({ uid }) => uid)).size).toBe(made.length)
        for (const entry of made) {
          expect(entry.first <= entry.last).toBe(true)
          if (entry.status !== 'TENTATIVE') expect(entry.last).toBe(entry.first)
          expect(entry.sequence).toBeGreaterThanOrEqual(0)
        }
        const plain = new Map(entries(show).map((entry) => [entry.uid, entry]))
        for (const entry of made)
          if (entry.status === 'CONFIRMED') expect(plain.get(entry.uid)).toEqual(entry)
      }),
      { numRuns: 300 },
    )
  })
})

describe('an entry in a feed', () => {
  const show = showOf(
    [
      { number: 1, premiere: '2022-01-28' },
      {
        number: 2,
        claims: [
          claimOf({ season: 2, ...dated }),
          claimOf({ season: 2, ...movedToDay, value: 'June it is.' }),
        ],
      },
    ],
    {
      corrections: [{ season: 2, text: 'We had the year wrong.', publishedOn: '2026-11-02', claimId: null }],
    },
  )
  const changes = show.events.map((event, id): Change => {
    const claim = show.seasons
      .flatMap(({ claims }) => claims)
      .find(({ id: own }) => event.because.includes(own))
    return {
      ...event,
      id,
      show: { slug: show.slug, title: show.title },
      source: claim ? { ...claim.source, url: claim.url, says: claim.value } : null,
    }
  })
  const corrections = show.corrections.map(
    (correction, id): ListedCorrection => ({
      ...correction,
      id,
      source: null,
      show: { slug: show.slug, title: show.title },
    }),
  )
  const reader = readerFeed(
    { readerId: '5b1f', changes, corrections, since: '2026-01-01T00:00:00Z' },
    'x'.repeat(43),
    SITE,
    'json',
  )

  it('is the same, with the same id, in the feeds of its season, its show, its readers and the site', () => {
    const whole = showFeed(show, SITE, 'atom').entries
    expect(whole.length).toBe(show.events.length + 1)
    expect(showFeed(show, SITE, 'json').entries).toEqual(whole)
    expect(changesFeed(changes, corrections, SITE, 'atom', TODAY).entries).toEqual(whole)
    expect(reader.entries).toEqual(whole)
    const ofSeason = whole.filter(({ url }) => url.endsWith('/seasons/2'))
    expect(seasonFeed(show, 2, SITE, 'json').entries).toEqual(ofSeason)
    const atom = new XMLParser().parse(writeAtom(showFeed(show, SITE, 'atom')))
    const json = JSON.parse(writeJsonFeed(showFeed(show, SITE, 'json')))
    expect(atom.feed.entry.map((entry: { id: string }) => entry.id)).toEqual(
      json.items.map((item: { id: string }) => item.id),
    )
  })

  it('is dated by when we recorded it, never by the premiere it speaks of, and says when it happened', () => {
    const late = { ...show.events[0]!, recordedAt: '2026-11-20T08:00:00Z' }
    const { entries: told, updated } = showFeed({ ...show, events: [late] }, SITE, 'atom')
    expect(told[0]).toMatchObject({ recordedAt: '2026-11-20T08:00:00Z', day: late.happenedOn })
    expect(told[0]!.text).toContain('As of 1 May 2026.')
    expect(told[0]!.text).toContain('June it is.')
    expect(updated).toBe('2026-11-20T08:00:00Z')
    expect(writeAtom(showFeed(show, SITE, 'atom'))).not.toMatch(/<updated>2027/)
  })

  it('may be a correction, which leads to the statement it is about', () => {
    const about = {
      ...corrections[0]!,
      claimId: 'c_1',
      source: { name: 'A Paper', url: 'https://paper.example/' },
    }
    const { entries: told } = changesFeed([], [about], SITE, 'json', TODAY)
    expect(told).toMatchObject([
      { url: `${SITE}/shows/a-show/seasons/2#c_1`, title: 'A Show: a correction', source: about.source },
    ])
  })

  it('comes in a feed that names itself, and a reader’s own names nobody', () => {
    const atom = writeAtom(seasonFeed(show, 2, SITE, 'atom'))
    expect(atom).toContain(
      `rel="self" type="application/atom+xml" href="${SITE}/shows/a-show/seasons/2/feed.atom"`,
    )
    const written = writeJsonFeed(reader)
    expect(JSON.parse(written)).toMatchObject({
      feed_url: `${SITE}/feeds/${'x'.repeat(43)}/feed.json`,
      home_page_url: `${SITE}/following`,
    })
    expect(written).not.toMatch(/5b1f|@[a-z]/)
  })

  it('is found by whoever looks at the page: feeds and calendars are announced in its head, each with a title', () => {
    const types = (title: string, base: string) => ({
      'application/atom+xml': [{ url: `${base}/feed.atom`, title: `${title} (Atom)` }],
      'application/feed+json': [{ url: `${base}/feed.json`, title: `${title} (JSON Feed)` }],
      'text/calendar': [{ url: `${base}/calendar.ics`, title: `${title} (calendar)` }],
    })
    const page = `${SITE}/shows/a-show`
    expect(showMetadata(show, SITE).alternates?.types).toMatchObject(types('A Show', page))
    expect(seasonMetadata(show, 2, SITE).alternates?.types).toEqual(
      types('A Show, season 2', `${page}/seasons/2`),
    )
    expect(changesAlternates({}, SITE).alternates?.types).toMatchObject({
      'text/calendar': [{ url: `${SITE}/changes.ics`, title: 'Greenlit: changes of all shows (calendar)' }],
    })
  })

  it('of the page of corrections says the same to machines', () => {
    expect(correctionsLd(corrections, SITE)).toMatchObject({
      hasPart: [
        {
          '@type': 'CorrectionComment',
          datePublished: '2026-11-02',
          about: { '@id': `${SITE}/shows/a-show/seasons/2#season` },
        },
      ],
    })
  })
})

it('an entry of a calendar ends the day after its last day, also at the end of a month and a leap year', () => {
  for (const last of ['2027-12-31', '2028-02-28', '2028-02-29', '2027-02-28'] as const)
    expect(
      writeCalendar('A', [
        {
          uid: 'a@b',
          first: last,
          last,
          status: 'CONFIRMED',
          summary: 'A',
          description: 'A',
          url: SITE,
          sequence: 0,
          changedAt: '2026-11-22T00:00:00Z',
        },
      ]),
    ).toContain(`DTEND;VALUE=DATE:${addDays(last, 1).replaceAll('-', '')}\r\n`)
})
