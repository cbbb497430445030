import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { answerText } from '@/lib/feeds/answer'
import { apiChange, apiShow, readCount, readSeasonNumber, readSince } from '@/lib/feeds/api'
import { writeAtom, writeJsonFeed } from '@/lib/feeds/atom'
import { isDrawable, seasonCard, showCard } from '@/lib/feeds/card'
import { changesFeed, seasonFeed, showFeed } from '@/lib/feeds/entries'
import { writeCalendar } from '@/lib/feeds/icalendar'
import { scriptJson, seasonPageLd, showLd } from '@/lib/feeds/json-ld'
import { seasonMetadata, showMetadata } from '@/lib/feeds/metadata'
import { openApi } from '@/lib/feeds/openapi'
import { calendarEntries, premieresOf } from '@/lib/feeds/premieres'
import { readSitemapName, sitemapNames, writeSitemap, writeSitemapIndex } from '@/lib/feeds/sitemap'
import { el, escapeXml, writeXml } from '@/lib/feeds/xml'
import type { ShowPage } from '@/lib/pages/types'
import type { Day } from '@/lib/shared/day'
import { isSlug } from '@/lib/shared/slug'
import { anyShow, claimOf, showOf, TODAY } from '../support/show-page'

const SITE = 'https://greenlit.example'

const showDays = (show: ShowPage, windows = false) =>
  calendarEntries(premieresOf(show), SITE, { today: show.today, windows })

const faces: Record<string, (show: ShowPage) => string> = {
  'structured data': (show) => scriptJson(showLd(show, SITE)),
  'structured data of a season': (show) =>
    scriptJson(show.seasons.map((s) => seasonPageLd(show, s.number, SITE))),
  'the answer': answerText,
  'the Atom feed': (show) => writeAtom(showFeed(show, SITE, 'atom')),
  'the JSON feed': (show) => writeJsonFeed(showFeed(show, SITE, 'json')),
  'the Atom feed of a season': (show) => writeAtom(seasonFeed(show, 2, SITE, 'atom')),
  'the JSON feed of a season': (show) => writeJsonFeed(seasonFeed(show, 2, SITE, 'json')),
  'the calendar': (show) => writeCalendar(show.title, showDays(show)),
  'the preview image': (show) =>
    JSON.stringify([showCard(show), ...show.seasons.map((s) => seasonCard(show, s.number))]),
  'the head': (show) =>
    JSON.stringify([
      showMetadata(show, SITE),
      ...show.seasons.map((s) => seasonMetadata(show, s.number, SITE)),
    ]),
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)

/** Every day a text prints: ISO, iCalendar's basic form, or in words. */
function daysIn(text: string): string[] {
  // A folded calendar line is one line; the end of an entry is the day after its last, and no day of it.
  const flat = text.replaceAll('\r\n ', '').replace(/DTEND;VALUE=DATE:\d{8}\r/g, '')
  const iso = [...flat.matchAll(/(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)/g)].map(([, y, m, d]) => `${y}-${m}-${d}`)
  const basic = [...flat.matchAll(/:(\d{4})(\d\d)(\d\d)(?:T\d{6}Z)?\r/g)].map(
    ([, y, m, d]) => `${y}-${m}-${d}`,
  )
  const words = [...flat.matchAll(/(?<!\d)(\d{1,2}) ([A-Z][a-z]+) (\d{4})/g)].flatMap(([, d, month, y]) => {
    const m = MONTHS.indexOf(month!)
    return m < 0 ? [] : [`${y}-${String(m + 1).padStart(2, '0')}-${d!.padStart(2, '0')}`]
  })
  return [...iso, ...basic, ...words]
}

/** Every day somebody said or on which something happened; the bounds of vaguer windows are not among them. */
function daysSaid(show: ShowPage): Set<string> {
  const said = JSON.stringify(show, (key, value) =>
    ['earliest', 'latest', 'answer', 'silence'].includes(key) ? undefined : value,
  )
  return new Set(daysIn(said))
}

describe('no face of a show invents a day', () => {
  for (const [name, write] of Object.entries(faces))
    it(`${name} prints only days that were said`, () => {
      fc.assert(
        fc.property(anyShow, (show) => {
          const said = daysSaid(show)
          expect(daysIn(write(show)).filter((day) => !said.has(day))).toEqual([])
        }),
        { numRuns: 150 },
      )
    })

  it('a window that passed unmet is no start of anything', () => {
    const missed = showOf([
      { number: 1, premiere: '2022-01-28', episodes: 12 },
      {
        number: 2,
        claims: [
          claimOf({ season: 2, kind: 'renewed', publishedOn: '2022-06-06' }),
          claimOf({ season: 2, kind: 'release_window', edtf: '2023-10/2024-03', sourceClass: 'press' }),
        ],
      },
    ])
    const json = scriptJson(showLd(missed, SITE))
    expect(json).toContain('"startDate":"2022-01-28"')
    expect(json).not.toMatch(/"startDate":"202[34]/)
    expect(showDays(missed).map(({ first }) => first)).toEqual(['2022-01-28'])
  })

  it('a year or a spring said of a season to come is no start date and no calendar entry', () => {
    for (const edtf of ['2027', '2027-21', '2027-03', '2027-03/2027-06', '2027-03-14~']) {
      const show = showOf([{ number: 1, claims: [claimOf({ season: 1, kind: 'release_window', edtf })] }])
      expect(scriptJson(showLd(show, SITE))).not.toContain('startDate')
      expect(showDays(show)).toEqual([])
    }
  })

  it('a day announced by the maker is a start date; the same day from a fan site is none', () => {
    const dated = (sourceClass: 'official' | 'fan') =>
      showOf([
        {
          number: 1,
          claims: [claimOf({ season: 1, kind: 'release_date', edtf: '2027-03-14', sourceClass })],
        },
      ])
    expect(scriptJson(showLd(dated('official'), SITE))).toContain('"startDate":"2027-03-14"')
    expect(scriptJson(showLd(dated('fan'), SITE))).not.toContain('startDate')
  })

  it('a cancelled season has no start, and what stood in a calendar stands there called off', () => {
    const show = showOf([
      {
        number: 1,
        claims: [
          claimOf({ season: 1, kind: 'release_date', edtf: '2027-03-14', publishedOn: '2026-01-01' }),
          claimOf({ season: 1, kind: 'cancelled', publishedOn: '2026-09-01' }),
        ],
      },
    ])
    expect(scriptJson(showLd(show, SITE))).not.toContain('startDate')
    expect(showDays(show)).toMatchObject([{ first: '2027-03-14', status: 'CANCELLED', sequence: 2 }])
  })
})

describe('hostile names do no harm', () => {
  it('structured data cannot end its script element', () => {
    fc.assert(
      fc.property(anyShow, (show) => {
        const json = scriptJson(showLd(show, SITE))
        expect(json).not.toMatch(/[<>&\u2028\u2029]/)
        expect(JSON.parse(json)['@type']).toBe('TVSeries')
      }),
    )
  })

  it('feeds and sitemaps are well-formed XML whatever the names', () => {
    fc.assert(
      fc.property(anyShow, (show) => {
        const atom = writeAtom(showFeed(show, SITE, 'atom'))
        expect(XMLValidator.validate(atom)).toBe(true)
        const parsed = new XMLParser({ ignoreAttributes: false }).parse(atom)
        expect([parsed.feed.entry ?? []].flat()).toHaveLength(show.events.length + show.corrections.length)
      }),
    )
  })

  it('control characters are refused by the XML writer rather than written', () => {
    expect(() => escapeXml('a\u0000b')).toThrow(/control/)
    expect(() => escapeXml('a\u202eb')).toThrow(/bidi/)
    expect(() => writeXml(el('a b', {}))).toThrow(/element name/)
    expect(writeXml(el('a', { b: '"<' }, '<&>'))).toContain('<a b="&quot;&lt;">&lt;&amp;&gt;</a>')
  })

  it('calendars keep to 75 octets a line, CRLF, and parse with nothing smuggled in', () => {
    fc.assert(
      fc.property(anyShow, (show) => {
        const days = showDays(show)
        const text = writeCalendar(show.title, days)
        for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
        const calendar = new ICAL.Component(ICAL.parse(text))
        const events = calendar.getAllSubcomponents('vevent')
        expect(events).toHaveLength(days.length)
        for (const [i, event] of events.entries()) {
          expect(event.getFirstPropertyValue('summary')).toBe(days[i]!.summary)
          expect((event.getFirstPropertyValue('dtstart') as ICAL.Time).isDate).toBe(true)
        }
      }),
    )
  })

  it('the answer is one line under a kilobyte with the day it is as of', () => {
    fc.assert(
      fc.property(anyShow, (show) => {
        const text = answerText(show)
        expect(Buffer.byteLength(text)).toBeLessThan(1_024)
        expect(text.trimEnd()).not.toMatch(/[\p{Cc}\u202e]/u)
        expect(text).toMatch(/ \(as of 22 November 2026\)\n$/)
      }),
    )
  })

  it('preview images hold only letters their font can draw', () => {
    fc.assert(
      fc.property(anyShow, (show) => {
        const { title, answer, asOf } = showCard(show)
        for (const text of [title, answer, asOf]) if (text !== null) expect(isDrawable(text)).toBe(true)
      }),
    )
  })
})

describe('a season that will not come', () => {
  it('wears the lamp of its finished show, not that of a season nobody has spoken of', () => {
    const ended = showOf([
      { number: 1, premiere: '2019-01-28', finale: '2019-04-01' },
      {
        number: 2,
        claims: [claimOf({ season: 2, kind: 'ended', publishedOn: '2019-06-06', sourceClass: 'official' })],
      },
    ])
    expect([ended.status.status, ended.status.lamp]).toEqual(['ended', 'ended'])
    expect(seasonCard(ended, 2)?.lamp).toBe('ended')
    expect(seasonCard(ended, 1)?.lamp).toBe('ended')
    expect(seasonCard(showOf([{ number: 1, premiere: '2024-01-28' }, { number: 2 }]), 2)?.lamp).toBe('silent')
  })
})

describe('feeds', () => {
  const show = showOf([
    { number: 1, premiere: '2022-01-28' },
    {
      number: 2,
      claims: [
        claimOf({ season: 2, kind: 'renewed', publishedOn: '2022-06-06' }),
        claimOf({ season: 2, kind: 'release_date', edtf: '2027-03-14', publishedOn: '2026-10-01' }),
      ],
    },
  ])

  it('an entry keeps its id from one reading to the next', () => {
    const ids = (today: Day) => showFeed({ ...show, today }, SITE, 'atom').entries.map((entry) => entry.id)
    expect(ids('2026-11-23')).toEqual(ids('2026-11-22'))
    expect(new Set(ids(TODAY)).size).toBe(show.events.length)
  })

  it('entries come newest first, each with the page it speaks of', () => {
    const { entries } = showFeed(show, SITE, 'atom')
    expect(entries.map((entry) => entry.day)).toEqual([...entries.map((entry) => entry.day)].sort().reverse())
    expect(entries[0]!.url).toBe(`${SITE}/shows/a-show/seasons/2`)
    expect(JSON.parse(writeJsonFeed(showFeed(show, SITE, 'json'))).version).toBe(
      'https://jsonfeed.org/version/1.1',
    )
  })

  it('changes over all shows have a feed of their own, also when nothing has changed yet', () => {
    const event = show.events[0]!
    const change = { ...event, id: 1, show: { slug: 'a-show', title: 'A Show' }, source: null }
    const { entries } = changesFeed([change], [], SITE, 'atom', TODAY)
    expect(entries[0]!.id).toBe(showFeed(show, SITE, 'atom').entries[0]!.id)
    expect(XMLValidator.validate(writeAtom(changesFeed([], [], SITE, 'atom', TODAY)))).toBe(true)
  })
})

describe('what search engines are told', () => {
  const show = showOf([
    { number: 1, premiere: '2022-01-28' },
    { number: 2, claims: [claimOf({ season: 2, kind: 'renewed' })] },
    { number: 3 },
  ])

  it('a season nobody has spoken about stays out of the index; one with a sourced claim may come in', () => {
    expect(seasonMetadata(show, 3, SITE).robots).toEqual({ index: false, follow: true })
    expect(seasonMetadata(show, 2, SITE).robots).toBeUndefined()
    const retracted = showOf([
      { number: 1, claims: [claimOf({ season: 1, kind: 'renewed', retractedOn: '2026-11-01' })] },
    ])
    expect(seasonMetadata(retracted, 1, SITE).robots).toEqual({ index: false, follow: true })
  })

  it('every page names one address of its own', () => {
    expect(showMetadata(show, SITE).alternates?.canonical).toBe(`${SITE}/shows/a-show`)
    expect(seasonMetadata(show, 2, SITE).alternates?.canonical).toBe(`${SITE}/shows/a-show/seasons/2`)
  })

  it('"modified" is the day something changed, not the day somebody looked', () => {
    expect(showLd(show, SITE)).toMatchObject({ dateModified: show.changedOn })
    const silent = showOf([{ number: 1 }])
    expect(JSON.stringify(showLd(silent, SITE))).not.toContain('dateModified')
    expect(JSON.stringify(showLd(silent, SITE))).not.toContain('containsSeason')
    const onRecord = showOf([{ number: 1, premiere: '2011-04-17', finale: '2011-06-19' }])
    expect(JSON.stringify(showLd(onRecord, SITE))).not.toContain('dateModified')
  })

  it('corrections are part of what machines read', () => {
    const corrected = showOf([{ number: 1 }], {
      corrections: [
        { season: null, text: 'We had named the wrong year.', publishedOn: '2026-11-02', claimId: null },
      ],
    })
    expect(showLd(corrected, SITE)).toMatchObject({
      correction: [{ '@type': 'CorrectionComment', datePublished: '2026-11-02' }],
    })
  })

  it('a sitemap gives a last change only where there was one, and grows an index when it must', () => {
    const xml = writeSitemap(SITE, [
      { path: '/shows/a', changedOn: '2026-10-01' },
      { path: '/shows/b', changedOn: null },
    ])
    expect(XMLValidator.validate(xml)).toBe(true)
    expect(xml.match(/<lastmod>/g)).toHaveLength(1)
    const names = sitemapNames({ shows: 90_000, seasons: 10 })
    expect(names).toEqual(['pages-1.xml', 'shows-1.xml', 'shows-2.xml', 'shows-3.xml', 'seasons-1.xml'])
    expect(names.map(readSitemapName).every(Boolean)).toBe(true)
    for (const wrong of ['shows-0.xml', 'shows-1', 'other-1.xml', 'shows--1.xml', 'shows-99999.xml'])
      expect(readSitemapName(wrong)).toBeNull()
    expect(XMLValidator.validate(writeSitemapIndex(SITE, names))).toBe(true)
  })
})

/** A schema of the API's own description, references resolved, as a validator. */
function schemaOf(name: string): z.ZodType {
  const { schemas } = openApi(SITE).components
  const resolve = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(resolve)
    if (!node || typeof node !== 'object') return node
    const { $ref } = node as { $ref?: string }
    if ($ref) return resolve(schemas[$ref.replace('#/components/schemas/', '')])
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolve(value)]))
  }
  return z.fromJSONSchema(resolve(schemas[name]) as never)
}

describe('the API', () => {
  it('answers in the shape its description promises', () => {
    const schema = schemaOf('Show')
    fc.assert(
      fc.property(anyShow, (show) => {
        const parsed = schema.safeParse(JSON.parse(JSON.stringify(apiShow(show))))
        expect(parsed.error?.issues ?? []).toEqual([])
      }),
    )
    expect(schema.safeParse({ slug: 'x' }).success).toBe(false)
    const show = showOf([{ number: 1, claims: [claimOf({ season: 1, kind: 'renewed' })] }])
    const change = { ...show.events[0]!, id: 1, show: { slug: 'a', title: 'A' }, source: null }
    expect(schemaOf('Change').safeParse(apiChange(change)).success).toBe(true)
  })

  it('names every status and every refusal in its description', () => {
    const { paths } = openApi(SITE)
    for (const { get } of Object.values(paths)) {
      expect(Object.keys(get.responses)).toContain('200')
      expect(Object.keys(get.responses)).toContain('503')
    }
  })

  it('refuses what cannot be a season, a count, a day or a slug', () => {
    for (const text of ['0', '-1', '1000000000', '1.5', '01', ' 1', '1e3', '', '1001', '９'])
      expect(readSeasonNumber(text)).toBeNull()
    expect(readSeasonNumber('1000')).toBe(1000)
    for (const text of ['0', '-1', '51', 'x', '1e1', '9999999999'])
      expect(readCount(text, 1, 50, 10).ok).toBe(false)
    for (const text of ['2026-13-45', 'yesterday', '2026', '2026-02-30', '2026-11-22Tx', '1e9', '0000-01-01'])
      expect(readSince(text).ok).toBe(false)
    expect(readSince('2026-11-22T10:00:00Z')).toEqual({ ok: true, value: '2026-11-22' })
    for (const slug of ['', 'A', 'a--b', 'a b', '../x', 'a'.repeat(121), 'a\u0000', '%00'])
      expect(isSlug(slug)).toBe(false)
    expect(isSlug('all-of-us-are-dead')).toBe(true)
  })
})

describe('the font of preview images', () => {
  /** Code points of a font file's first format-4 character map. */
  function drawnBy(font: Buffer): Set<number> {
    let cmap = 0
    for (let i = 0; i < font.readUInt16BE(4); i++)
      if (font.toString('latin1', 12 + i * 16, 16 + i * 16) === 'cmap') cmap = font.readUInt32BE(20 + i * 16)
    const points = new Set<number>()
    for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
      const table = cmap + font.readUInt32BE(cmap + 8 + i * 8)
      if (font.readUInt16BE(table) !== 4) continue
      const segments = font.readUInt16BE(table + 6) / 2
      for (let s = 0; s < segments; s++) {
        const last = font.readUInt16BE(table + 14 + s * 2)
        for (let code = font.readUInt16BE(table + 16 + segments * 2 + s * 2); code <= last; code++)
          points.add(code)
      }
    }
    return points
  }

  it('has every letter a card may hold, so no empty boxes are drawn and nothing is fetched', () => {
    const path = '../../node_modules/next/dist/compiled/@vercel/og/Geist-Regular.ttf'
    const drawn = drawnBy(readFileSync(new URL(path, import.meta.url)))
    const missing = []
    for (let code = 0x20; code < 0xd800; code++)
      if (isDrawable(String.fromCharCode(code)) && !drawn.has(code)) missing.push(code.toString(16))
    expect(missing).toEqual([])
  })
})
