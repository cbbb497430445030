/**
 * A database as the last release left it: its events hold dates in English and have no names, its readers have been
 * told. After the upgrade nothing is news that was known, nobody hears twice, and feeds and browsers know every change
 * by the name they had for it.
 */
import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { migrate } from '@/db/migrate'
import { changesFeed, showFeed } from '@/lib/feeds/entries'
import { seenChanges } from '@/lib/feeds/seen'
import { recordClaims } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { getPublishedChanges } from '@/lib/ledger/queries'
import { checkClaim } from '@/lib/ledger/record'
import { eventWords } from '@/lib/ledger/words'
import { getShowPage } from '@/lib/pages/show'
import { dayOf } from '@/lib/shared/day'
import { asOwner } from '../support/database'
import { forgetLimits } from '../support/readers'
import { aFollower, aShow, Clock, days, Inbox, minutes, morning, said, work } from '../support/telling'

const SITE = 'https://greenlit.test'
const ANA = 'ana@greenlit.test'

/** What the last release wrote for these values, by hand. */
const OLD: Record<string, string> = {
  '2023-10/2024-03': 'late 2023 or early 2024',
  '2026-12': 'December 2026',
  '2027': '2027',
  '2027-21': 'spring 2027',
  '2027-04/2027-06': 'April – June 2027',
  '2027-03-14': '14 March 2027',
  '2027-04-02': '2 April 2027',
  '2026-11-20': '20 November 2026',
  '2027~': 'about 2027',
  'final-season': 'final season',
}
const CODES = ['', 'unannounced', 'announced', 'cancelled', 'filming', 'wrapped', 'trailer', 'Ann Lee']

interface Row extends Record<string, unknown> {
  id: number
  slug: string
  season: number
  kind: string
  was: string
  became: string
  because: string[]
  happened_on: string
  ordinal: number
  telling: string
  key: string | null
  seen_key: string | null
}

const events = async (): Promise<Row[]> => [
  ...(await db().execute<Row>(sql`
    select event.id, show.slug, season.number as season, event.kind, was, became, because, happened_on::text as happened_on,
      ordinal, telling, key, seen_key
    from event join season on season.id = event.season_id join show on show.id = event.show_id order by event.id`)),
]
const sent = async () => [
  ...(await db().execute(sql`
    select n.id, n.about, n.event_id, n.state, n.outcome from notice n order by n.id`)),
]
const waiting = async () => [
  ...(await db().execute(sql`select id, payload from outbox where processed_at is null order by id`)),
]

/** Writes the events as the last release had them: in words, without names. @returns the rows as they were before */
async function makeOld(): Promise<Row[]> {
  const before = await events()
  for (const { id, was, became } of before) {
    const [oldWas, oldBecame] = [was, became].map((value) => {
      const words = CODES.includes(value) ? value : OLD[value]
      if (words === undefined) throw new Error(`how did the last release write ${value}?`)
      return words
    })
    await db().execute(
      sql`update event set was = ${oldWas!}, became = ${oldBecame!}, key = null, seen_key = null where id = ${id}`,
    )
  }
  return before
}

/** The names the last release gave, as it worked them out. */
const sha256 = (parts: unknown[]) => createHash('sha256').update(JSON.stringify(parts))
const oldFeedId = (e: Row) =>
  `tag:greenlit.test,2026:${sha256([e.slug, e.season, e.kind, e.was, e.became, e.happened_on]).digest('hex').slice(0, 20)}`
const oldSeen = (e: Row) =>
  sha256([e.season, e.kind, e.happened_on, e.became]).digest('base64url').slice(0, 12)

const upgrade = () => migrate(process.env.MIGRATION_DATABASE_URL!)
const pageOf = async (slug: string) => (await getShowPage(slug, dayOf(clock.now())))!

let clock: Clock
let inbox: Inbox

beforeEach(async () => {
  await forgetLimits()
  await asOwner((owner) => owner`truncate show, reader, mail, event, outbox cascade`)
  clock = new Clock(new Date('2026-11-02T10:00:00Z'))
  inbox = new Inbox()
})

const settle = async () => {
  clock.pass(minutes(31))
  await work(clock, inbox)
}

/** Two shows with a past: windows, one of them missed, dates that moved, a last season, a premiere; a follower of all. */
async function aPast(): Promise<void> {
  await aShow('dead', clock)
  await aShow('alive', clock)
  for (const slug of ['dead', 'alive']) await aFollower(ANA, slug, 2, clock)
  clock.pass(minutes(1))
  await said(
    {
      show: 'dead',
      kind: 'release_window',
      date: '2023-10/2024-03',
      by: 'Trade',
      sourceClass: 'trade',
      on: '2022-06-06',
    },
    clock,
  )
  await said({ show: 'dead', kind: 'renewed', sourceClass: 'official', by: 'The Network' }, clock)
  await said({ show: 'dead', kind: 'final_season', sourceClass: 'official', by: 'The Network' }, clock)
  await said({ show: 'dead', kind: 'cast_new', who: 'Ann Lee' }, clock)
  await said({ show: 'alive', kind: 'filming_started' }, clock)
  await settle()
  const dates = ['2027', '2027-25', '2027-04/2027-06', '2027-03-14', '2027-04-02']
  for (const date of dates) {
    clock.pass(days(2))
    const kind = /^\d{4}-\d\d-\d\d$/.test(date) ? 'release_date' : 'release_window'
    await said({ show: 'dead', kind, date, sourceClass: 'official', by: 'The Network' }, clock)
    await settle()
  }
  await said({ show: 'alive', season: 3, kind: 'release_window', date: '2027~', sourceClass: 'trade' }, clock)
  await settle()
  clock.set('2026-11-20T10:00:00Z')
  await db().execute(sql`
    update season set premiere = '2026-11-20', premiere_earliest = '2026-11-20', premiere_latest = '2026-11-20', recorded = true
    where number = 2 and show_id = (select id from show where slug = 'alive')`)
  await morning(clock, inbox)
  await settle()
}

describe('the upgrade of a database of the last release', () => {
  it('puts back the dates its words stood for, names every event as it was called, and touches nothing else', async () => {
    await aPast()
    const before = await makeOld()
    const old = await events()
    expect(old.map(({ kind, was }) => [kind, was])).toContainEqual([
      'window-missed',
      'late 2023 or early 2024',
    ])
    expect(new Set(old.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(8)
    const [notices, outbox] = [await sent(), await waiting()]
    await upgrade()
    const after = await events()
    expect(after).toEqual(
      before.map((event, i) => ({
        ...event,
        key: oldFeedId(old[i]!).split(':').at(-1),
        seen_key: oldSeen(old[i]!),
      })),
    )
    await upgrade()
    expect(await events()).toEqual(after)
    expect([await sent(), await waiting()]).toEqual([notices, outbox])
  })

  it('records nothing anew and tells nobody twice, whatever is derived and imported again', async () => {
    await aPast()
    await makeOld()
    await upgrade()
    const [known, notices, mails] = [await events(), await sent(), inbox.mails.length]
    expect(notices.length).toBeGreaterThan(5)
    await deriveStates({ today: dayOf(clock.now()), now: clock.now(), tell: true })
    clock.pass(minutes(31))
    await work(clock, inbox)
    clock.pass(days(1))
    await morning(clock, inbox)
    // Somebody else says the same day again.
    await said({ show: 'dead', kind: 'release_date', date: '2027-04-02', by: 'Another' }, clock)
    await settle()
    expect(await events()).toEqual(known)
    expect(await sent()).toEqual(notices)
    expect(inbox.mails).toHaveLength(mails)
  })

  it('leaves every feed and every browser with the names and the sentences they had', async () => {
    await aPast()
    await makeOld()
    const old = await events()
    const told = async () => {
      const pages = [await pageOf('dead'), await pageOf('alive')]
      const changes = await getPublishedChanges(100)
      return {
        feeds: [
          ...pages.map((page) => showFeed(page, SITE, 'atom')),
          changesFeed(changes, [], SITE, 'atom', '2026-11-20'),
        ].map(({ entries }) => entries.map(({ id, title, text }) => ({ id, title, text }))),
        words: changes.map(eventWords),
      }
    }
    const before = await told()
    expect(before.feeds[2]!.map(({ id }) => id).sort()).toEqual(old.map(oldFeedId).sort())
    expect(before.words).toContain('Premiere moved from 14 March 2027 to 2 April 2027')
    await upgrade()
    expect(await told()).toEqual(before)
    const seen = [...seenChanges(await pageOf('dead')), ...seenChanges(await pageOf('alive'))]
    expect(seen.map(({ key }) => key).every((key) => old.map(oldSeen).includes(key))).toBe(true)
    expect(seen.length).toBe(old.length)
  })

  it('lets what was held at the time be told once, and what moves afterwards be told as moved', async () => {
    await aShow('late', clock)
    await aFollower(ANA, 'late', 2, clock)
    clock.pass(minutes(1))
    await said({ show: 'late', kind: 'release_date', date: '2027-03-14' }, clock)
    await work(clock, inbox)
    expect(inbox.mails).toEqual([])
    await makeOld()
    await upgrade()
    await settle()
    await settle()
    expect(inbox.to(ANA)).toEqual(['Title of late, season 2: A date was given: 14 March 2027.'])
    clock.pass(days(3))
    await said({ show: 'late', kind: 'release_date', date: '2027-04-02', sourceClass: 'official' }, clock)
    await settle()
    expect(inbox.to(ANA)[1]).toBe(
      'Title of late, season 2: Premiere moved from 14 March 2027 to 2 April 2027.',
    )
  })

  it('keeps words that no claim explains, and shows them as they are', async () => {
    await aShow('odd', clock)
    await db().execute(sql`
      insert into event (show_id, season_id, kind, was, became, because, happened_on)
      select show_id, id, 'moved', 'the rainy season', '5 May 2031', '{}', '2026-10-01' from season where number = 2`)
    const [old] = await events()
    await upgrade()
    const [after] = await events()
    expect(after).toMatchObject({ was: 'the rainy season', became: '5 May 2031', seen_key: oldSeen(old!) })
    const [entry] = showFeed(await pageOf('odd'), SITE, 'atom').entries
    expect(entry).toMatchObject({
      id: oldFeedId(old!),
      title: 'Title of odd, season 2: Premiere moved from the rainy season to 5 May 2031',
    })
  })

  it('loses neither of two rows where old and new release wrote the same thing side by side', async () => {
    await aShow('both', clock)
    await said({ show: 'both', kind: 'release_date', date: '2027-03-14', sourceClass: 'official' }, clock)
    const [mine] = await events()
    await db().execute(sql`
      insert into event (show_id, season_id, kind, was, became, because, happened_on, telling)
      select show_id, season_id, kind, was, '14 March 2027', because, happened_on, 'told' from event`)
    const [, theirs] = await events()
    await upgrade()
    expect(await events()).toEqual([
      mine,
      { ...theirs, became: '2027-03-14', ordinal: 1, key: expect.any(String), seen_key: oldSeen(theirs!) },
    ])
    await deriveStates({ today: dayOf(clock.now()), now: clock.now(), tell: true })
    expect(await events()).toHaveLength(2)
  })

  it('names thousands of events at once, of two dates with the same words the one the event rests on', async () => {
    await aShow('many', clock)
    // Both read "by June 2027".
    const checked = ['2027/2027-06', '2027-40/2027-06'].map((date, i) =>
      checkClaim(
        {
          show: 'greenlit:many',
          season: 2,
          kind: 'release_window',
          value: 'said so',
          date,
          publisher: 'A',
          url: `https://a.test/${i}`,
          published_on: '2026-10-01',
          source_class: 'fan',
        },
        '2026-11-02',
      ),
    )
    await recordClaims(
      checked.flatMap((one) => (one.ok ? [one.claim] : [])),
      { mode: 'backfill', today: '2026-11-02', now: clock.now() },
    )
    await asOwner(
      (owner) => owner`
      insert into event (show_id, season_id, kind, was, became, because, happened_on)
      select season.show_id, season.id, 'dated', '', 'by June 2027', array[claim.id], '2010-01-01'::date + (row_number() over ())::int
      from season join claim on claim.season_id = season.id, generate_series(1, 1250)`,
    )
    await upgrade()
    const after = await events()
    expect(after).toHaveLength(2500)
    const dates = await db().execute<{ id: string; edtf: string }>(sql`select id, edtf from claim`)
    const dateOf = new Map([...dates].map(({ id, edtf }) => [id, edtf]))
    expect(new Set(dateOf.values()).size).toBe(2)
    for (const { became, because } of after) expect(became).toBe(dateOf.get(because[0]!))
  })
})
