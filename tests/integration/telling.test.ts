import { inArray, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { reader } from '@/db/schema/account'
import { notice } from '@/db/schema/notice'
import { mail } from '@/db/schema/outbox'
import { tokenOf } from '@/lib/accounts/reader-tokens'
import { forgetBaskets, openBasket } from '@/lib/follows/basket'
import { followSeason, unfollowSeason } from '@/lib/follows/commands'
import { setFollowWishes, setWishes } from '@/lib/follows/wishes'
import { retractClaim } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { openMail } from '@/lib/mail/body'
import { deliverMail } from '@/lib/mail/deliver'
import { enqueueMails } from '@/lib/mail/outbox'
import { readMailbox } from '@/lib/mail/sent'
import { DEFAULT_WISHES } from '@/lib/notices/audience'
import { addChannel } from '@/lib/notices/channels'
import { resubscribe, unsubscribe } from '@/lib/notices/commands'
import { tellCorrections } from '@/lib/notices/correct'
import { deliverDirect } from '@/lib/notices/deliver-direct'
import { gatherMail } from '@/lib/notices/gather'
import { tellEvents } from '@/lib/notices/tell'
import { dayOf } from '@/lib/shared/day'
import { forgetLimits } from '../support/readers'
import {
  aFollower,
  aShow,
  Clock,
  days,
  Inbox,
  minutes,
  morning,
  newsOf,
  said,
  work,
} from '../support/telling'

let shows = 0
let slug = ''
let clock: Clock
let inbox: Inbox
const ANA = 'ana@greenlit.test'
const BO = 'bo@greenlit.test'

beforeEach(async () => {
  await forgetLimits()
  await db().execute(sql`delete from mail`)
  await db().execute(sql`delete from reader`)
  slug = `show-${++shows}`
  clock = new Clock(new Date('2026-11-02T10:00:00Z'))
  inbox = new Inbox()
  await aShow(slug, clock)
})

const name = (season = 2) => `Title of ${slug}, season ${season}`
const heard = (what: string, season = 2) => `${name(season)}: ${what}`
const patience = async () => {
  clock.pass(minutes(31))
  await work(clock, inbox)
}
const noticesOf = async (address: string) => [
  ...(await db().execute<{ kind: string; state: string; outcome: string | null }>(sql`
    select n.kind, n.state, n.outcome from notice n join reader r on r.id = n.reader_id where r.email = ${address} order by n.id`)),
]

describe('a reader who follows is told once', () => {
  it('of a renewal, by mail, with its source, the reason for the mail and a way to end it', async () => {
    await aFollower(ANA, slug, 2, clock)
    clock.pass(minutes(1))
    await said({ show: slug, kind: 'renewed', by: 'Variety', sourceClass: 'trade' }, clock)
    await patience()
    await patience()
    expect(inbox.to(ANA)).toEqual([heard('Renewed.')])
    const [mail] = inbox.mails
    expect(mail?.subject).toBe(`${name()}: something changed`)
    expect(mail?.text).toContain('Said by Variety:\nhttps://news.test/')
    expect(mail?.text).toContain(`you follow Title of ${slug} and asked to be told of decisions`)
    expect(mail?.headers).toMatchObject({ 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' })
    expect(mail?.headers['List-Unsubscribe']).toMatch(
      /^<https:\/\/greenlit\.test\/api\/unsubscribe\/[\w-]{43}>$/,
    )
    expect(JSON.stringify(mail?.headers)).not.toContain(ANA)
  })

  it('when two sources report one happening', async () => {
    await aFollower(ANA, slug, 2, clock)
    clock.pass(minutes(1))
    await said({ show: slug, kind: 'renewed', by: 'Variety' }, clock)
    clock.pass(minutes(40))
    await work(clock, inbox)
    await said({ show: slug, kind: 'renewed', by: 'Deadline' }, clock)
    await patience()
    expect(inbox.to(ANA)).toEqual([heard('Renewed.')])
  })

  it('at once when the makers say it, after half an hour when others do', async () => {
    await aFollower(ANA, slug, 2, clock)
    clock.pass(minutes(1))
    await said({ show: slug, kind: 'renewed', by: 'Netflix', sourceClass: 'official' }, clock)
    await work(clock, inbox)
    expect(inbox.to(ANA)).toEqual([heard('Renewed.')])
    await said({ show: slug, kind: 'release_date', date: '2027-03-14', by: 'Variety' }, clock)
    clock.pass(minutes(29))
    await work(clock, inbox)
    expect(inbox.mails).toHaveLength(1)
    clock.pass(minutes(2))
    await work(clock, inbox)
    expect(inbox.to(ANA)).toEqual([heard('Renewed.'), heard('A date was given: 14 March 2027.')])
  })

  it('of the seasons after the one they followed', async () => {
    await aFollower(ANA, slug, 1, clock)
    clock.pass(minutes(1))
    await said({ show: slug, season: 2, kind: 'renewed' }, clock)
    await patience()
    expect(inbox.to(ANA)).toEqual([heard('Renewed.')])
    expect(inbox.mails[0]?.text).toContain('A follow carries on to the seasons after it.')
  })

  it('that a season is being made, where its filming is the first that is heard of it', async () => {
    await aFollower(ANA, slug, 2, clock)
    clock.pass(minutes(1))
    await said({ show: slug, kind: 'filming_started', by: 'Variety', sourceClass: 'trade' }, clock)
    await patience()
    clock.pass(days(2))
    await said({ show: slug, kind: 'renewed', by: 'Netflix', sourceClass: 'official' }, clock)
    await patience()
    expect(inbox.to(ANA)).toEqual([heard('In the making.')])
  })

  it('and not of what was known before they followed', async () => {
    await said({ show: slug, kind: 'renewed' }, clock)
    clock.pass(minutes(5))
    await aFollower(ANA, slug, 2, clock)
    await patience()
    expect(inbox.mails).toEqual([])
  })

  it('nothing that a page of last year brings up', async () => {
    await aFollower(ANA, slug, 2, clock)
    clock.pass(minutes(1))
    await said({ show: slug, kind: 'renewed', on: '2025-11-01' }, clock)
    await patience()
    expect(inbox.mails).toEqual([])
  })
})

describe('nobody is told what did not last', () => {
  it('a cancellation taken back within the half hour mails nobody', async () => {
    await said({ show: slug, kind: 'renewed', sourceClass: 'official' }, clock)
    await work(clock, inbox)
    clock.pass(days(60))
    await aFollower(ANA, slug, 2, clock)
    clock.pass(minutes(1))
    const id = await said({ show: slug, kind: 'cancelled', by: 'The Rumour' }, clock)
    clock.pass(minutes(10))
    await retractClaim(id, 'It was another show.', { today: dayOf(clock.now()), now: clock.now() })
    await patience()
    await patience()
    expect(inbox.mails).toEqual([])
  })

  it('a date that is moved within the half hour is told once, as it was moved to', async () => {
    await aFollower(ANA, slug, 2, clock)
    clock.pass(minutes(1))
    await said(
      { show: slug, kind: 'release_date', date: '2027-03-14', by: 'Variety', sourceClass: 'press' },
      clock,
    )
    clock.pass(minutes(10))
    await said(
      { show: slug, kind: 'release_date', date: '2027-03-21', by: 'Deadline', sourceClass: 'trade' },
      clock,
    )
    await patience()
    const told = inbox.to(ANA).join(' ')
    expect(told).toContain('21 March 2027')
    expect(told).not.toContain('14 March 2027')
    expect(inbox.mails).toHaveLength(1)
  })

  it('a season cancelled, revived and cancelled again is told each time', async () => {
    await aFollower(ANA, slug, 2, clock)
    clock.pass(minutes(1))
    await said({ show: slug, kind: 'renewed', sourceClass: 'official' }, clock)
    await work(clock, inbox)
    clock.pass(days(3))
    await said({ show: slug, kind: 'cancelled', sourceClass: 'official' }, clock)
    await work(clock, inbox)
    clock.pass(days(3))
    await said({ show: slug, kind: 'renewed', sourceClass: 'official', by: 'Another Network' }, clock)
    await work(clock, inbox)
    clock.pass(days(3))
    await said({ show: slug, kind: 'cancelled', sourceClass: 'official', by: 'Another Network' }, clock)
    await work(clock, inbox)
    expect(inbox.to(ANA).map((text) => text.split(': ')[1])).toEqual([
      'Renewed.',
      'Cancelled.',
      'Renewed.',
      'Cancelled.',
    ])
  })
})

describe('a correction', () => {
  it('reaches everybody who was told, once, on the same channel, and nobody else', async () => {
    await aFollower(ANA, slug, 2, clock)
    const bo = await aFollower(BO, slug, 2, clock)
    await setFollowWishes(bo, { slug, number: 2 }, { ...UNTOUCHED, muted: true })
    clock.pass(minutes(1))
    const id = await said({ show: slug, kind: 'renewed', by: 'The Rumour' }, clock)
    await patience()
    expect(inbox.to(ANA)).toHaveLength(1)
    clock.pass(days(2))
    const at = { today: dayOf(clock.now()), now: clock.now() }
    await retractClaim(id, 'The network denied it.', at)
    await work(clock, inbox)
    await retractClaim(id, 'The network denied it.', at)
    await patience()
    expect(inbox.to(ANA)).toHaveLength(2)
    expect(inbox.mails[1]?.subject).toBe(`${name()}: a correction`)
    expect(inbox.mails[1]?.text).toContain('The network denied it.')
    expect(inbox.mails[1]?.text).toContain('because we told you otherwise before')
    expect(inbox.to(BO)).toEqual([])
  })

  it('arrives in the local mailbox beside what was read there, and what nobody read yet goes', async () => {
    await aFollower(ANA, slug, 2, clock)
    const round = async () => {
      clock.pass(minutes(31))
      await tellCorrections(clock.now())
      await tellEvents(clock.now())
      await gatherMail(clock.now())
    }
    const retract = (id: string) =>
      retractClaim(id, 'The network denied it.', { today: dayOf(clock.now()), now: clock.now() })
    const subjects = async () => (await readMailbox(clock.now())).map(({ subject }) => subject)
    clock.pass(minutes(1))
    const id = await said({ show: slug, kind: 'renewed', by: 'The Rumour' }, clock)
    await round()
    expect(await subjects()).toEqual([`${name()}: something changed`])
    await retract(id)
    await round()
    expect(await subjects()).toEqual([`${name()}: a correction`, `${name()}: something changed`])

    const unread = await said({ show: slug, kind: 'cancelled', sourceClass: 'official' }, clock)
    await round()
    await retract(unread)
    await round()
    expect(await subjects()).toEqual([`${name()}: a correction`, `${name()}: something changed`])
  })

  it('is not needed where another source still says the same', async () => {
    await aFollower(ANA, slug, 2, clock)
    clock.pass(minutes(1))
    const id = await said({ show: slug, kind: 'renewed', by: 'Variety' }, clock)
    await said({ show: slug, kind: 'renewed', by: 'Deadline' }, clock)
    await patience()
    await retractClaim(id, 'Misread.', { today: dayOf(clock.now()), now: clock.now() })
    await patience()
    expect(inbox.to(ANA)).toEqual([heard('Renewed.')])
  })

  it('calls back what waits for the morning instead of telling it and taking it back', async () => {
    const ana = await aFollower(ANA, slug, 2, clock)
    await setWishes(ana, { ...DEFAULT_WISHES, cadence: 'daily' })
    clock.pass(minutes(1))
    const id = await said({ show: slug, kind: 'renewed' }, clock)
    await patience()
    expect(await noticesOf(ANA)).toMatchObject([{ kind: 'renewed', state: 'due' }])
    await retractClaim(id, 'It was another show.', { today: dayOf(clock.now()), now: clock.now() })
    clock.pass(days(1))
    await work(clock, inbox)
    expect(inbox.mails).toEqual([])
    expect(await noticesOf(ANA)).toMatchObject([
      { state: 'skipped', outcome: 'taken back before it was sent' },
    ])
  })

  it('meets the writing of the mail halfway: who is told the wrong news all the same is told so', async () => {
    await aFollower(ANA, slug, 2, clock)
    for (let round = 0; round < 12; round++) {
      clock.pass(days(1))
      const kind = round % 2 === 0 ? 'renewed' : 'cancelled'
      const id = await said({ show: slug, kind, sourceClass: 'official' }, clock)
      await tellEvents(clock.now())
      await retractClaim(id, 'It was another show.', { today: dayOf(clock.now()), now: clock.now() })
      await Promise.all([tellCorrections(clock.now()), gatherMail(clock.now()), gatherMail(clock.now())])
      for (let i = 0; i < 2; i++) await work(clock, inbox)
      const [last] = inbox.to(ANA).slice(-1)
      if (last) expect(last).toContain('no longer counts')
    }
    expect(await db().$count(notice, inArray(notice.state, ['due', 'gathered']))).toBe(0)
  })

  it('is dealt with before what follows: who never heard of the way there hears nothing of the way back', async () => {
    await aFollower(ANA, slug, 2, clock)
    clock.pass(minutes(1))
    await said({ show: slug, kind: 'cancelled', by: 'Variety', sourceClass: 'trade' }, clock)
    await patience()
    clock.pass(days(1))
    const id = await said({ show: slug, kind: 'renewed', sourceClass: 'official' }, clock)
    await tellEvents(clock.now())
    expect(await noticesOf(ANA)).toMatchObject([{ state: 'sent' }, { kind: 'renewed', state: 'due' }])
    await retractClaim(id, 'It was another show.', { today: dayOf(clock.now()), now: clock.now() })
    clock.pass(days(1))
    await said({ show: slug, kind: 'cancelled', by: 'Deadline', sourceClass: 'official' }, clock)
    await tellEvents(clock.now())
    await patience()
    await patience()
    expect(inbox.to(ANA)).toEqual([heard('Cancelled.')])
  })
})

const UNTOUCHED = {
  wants: null,
  leadDays: null,
  cadence: null,
  channels: null,
  muted: false,
  snoozedUntil: null,
}

describe('a reader chooses', () => {
  it('trailers and casting are not told unless asked for', async () => {
    await aFollower(ANA, slug, 2, clock)
    const bo = await aFollower(BO, slug, 2, clock)
    await setWishes(bo, { ...DEFAULT_WISHES, wants: ['trailer', 'cast'] })
    clock.pass(minutes(1))
    await said({ show: slug, kind: 'renewed' }, clock)
    await said({ show: slug, kind: 'trailer' }, clock)
    await patience()
    expect(inbox.to(ANA)).toEqual([heard('Renewed.')])
    expect(inbox.to(BO)).toEqual([heard('A trailer is out.')])
  })

  it('a muted season is kept on the list and told of on no channel, a snoozed one not before its day', async () => {
    const ana = await aFollower(ANA, slug, 2, clock)
    await setFollowWishes(ana, { slug, number: 2 }, { ...UNTOUCHED, snoozedUntil: '2026-11-10' })
    clock.pass(minutes(1))
    await said({ show: slug, kind: 'renewed', sourceClass: 'official' }, clock)
    await work(clock, inbox)
    expect(inbox.mails).toEqual([])
    clock.set('2026-11-11T10:00:00Z')
    await said({ show: slug, kind: 'release_date', date: '2027-03-14', sourceClass: 'official' }, clock)
    await work(clock, inbox)
    expect(inbox.to(ANA)).toEqual([heard('A date was given: 14 March 2027.')])
  })

  it('a weekly digest gathers the week into one mail at their own morning', async () => {
    const ana = await aFollower(ANA, slug, 2, clock)
    await setWishes(ana, { ...DEFAULT_WISHES, cadence: 'weekly', digestHour: 7, timeZone: 'Asia/Seoul' })
    clock.pass(minutes(1))
    await said({ show: slug, kind: 'renewed', sourceClass: 'official' }, clock)
    await work(clock, inbox)
    clock.pass(days(1))
    await said({ show: slug, kind: 'release_date', date: '2027-03-14', sourceClass: 'official' }, clock)
    await work(clock, inbox)
    // Monday 9 November, 07:00 in Seoul, is Sunday 22:00 UTC.
    clock.set('2026-11-08T21:59:00Z')
    await work(clock, inbox)
    expect(inbox.mails).toEqual([])
    clock.set('2026-11-08T22:00:00Z')
    await work(clock, inbox)
    expect(inbox.mails).toHaveLength(1)
    expect(inbox.to(ANA)).toEqual([`${heard('Renewed.')} / ${heard('A date was given: 14 March 2027.')}`])
  })

  it('nothing is sent in quiet hours, and what came in them comes in one mail', async () => {
    const ana = await aFollower(ANA, slug, 2, clock)
    await setWishes(ana, { ...DEFAULT_WISHES, quietFrom: 22, quietTo: 8 })
    clock.set('2026-11-02T23:00:00Z')
    await said({ show: slug, kind: 'renewed', sourceClass: 'official' }, clock)
    await work(clock, inbox)
    await said({ show: slug, kind: 'release_date', date: '2027-03-14', sourceClass: 'official' }, clock)
    await work(clock, inbox)
    expect(inbox.mails).toEqual([])
    clock.set('2026-11-03T08:00:00Z')
    await work(clock, inbox)
    expect(inbox.mails).toHaveLength(1)
  })

  it('a subject says what changed only to whoever turned spoilers on', async () => {
    const ana = await aFollower(ANA, slug, 2, clock)
    await setWishes(ana, { ...DEFAULT_WISHES, spoilerSafe: false })
    clock.pass(minutes(1))
    await said({ show: slug, kind: 'cancelled', sourceClass: 'official' }, clock)
    await work(clock, inbox)
    expect(inbox.mails[0]?.subject).toBe(`${name()}: Cancelled`)
  })

  it('nonsense is refused in a sentence and changes nothing', async () => {
    const ana = await aFollower(ANA, slug, 2, clock)
    for (const change of [
      { timeZone: 'Mars/Olympus' },
      { wants: ['gossip'] },
      { digestHour: 24 },
      { quietFrom: 5 },
    ]) {
      const done = await setWishes(ana, { ...DEFAULT_WISHES, ...change })
      expect(done).toMatchObject({ ok: false, reason: 'wishes' })
    }
    expect(
      await setFollowWishes(ana, { slug, number: 2 }, { ...UNTOUCHED, snoozedUntil: '2026-02-30' }),
    ).toMatchObject({
      ok: false,
    })
    expect(await setFollowWishes(ana, { slug, number: 3 }, UNTOUCHED)).toMatchObject({
      reason: 'not-followed',
    })
  })
})

describe('a premiere', () => {
  it('is told on its day in the country of the show, once, also when the record names it later', async () => {
    await db().execute(sql`update show set country = 'South Korea' where slug = ${slug}`)
    const ana = await aFollower(ANA, slug, 2, clock)
    await said({ show: slug, kind: 'release_date', date: '2026-11-20', sourceClass: 'official' }, clock)
    await db().execute(
      sql`update follow set followed_at = ${clock.pass(minutes(1)).toISOString()}::timestamptz`,
    )
    expect(ana.email).toBe(ANA)
    clock.set('2026-11-19T14:00:00Z')
    await morning(clock, inbox)
    expect(inbox.mails).toEqual([])
    // Midnight in Seoul.
    clock.set('2026-11-19T15:05:00Z')
    await morning(clock, inbox)
    await morning(clock, inbox)
    expect(inbox.to(ANA)).toEqual([heard('Premieres today, 20 November 2026.')])
    expect(inbox.mails[0]?.subject).toBe(`${name()}: premieres today`)
    await db().execute(sql`
      update season set premiere = '2026-11-20', premiere_earliest = '2026-11-20', premiere_latest = '2026-11-20', recorded = true
      where number = 2 and show_id = (select id from show where slug = ${slug})`)
    clock.set('2026-11-21T00:05:00Z')
    await morning(clock, inbox)
    expect(inbox.mails).toHaveLength(1)
  })

  it('is told as many days ahead as a reader asked for, and again when it moved', async () => {
    const ana = await aFollower(ANA, slug, 2, clock)
    await setWishes(ana, { ...DEFAULT_WISHES, leadDays: 7, wants: ['premiere'] })
    await said({ show: slug, kind: 'release_date', date: '2026-11-20', sourceClass: 'official' }, clock)
    clock.set('2026-11-13T09:00:00Z')
    await morning(clock, inbox)
    expect(inbox.to(ANA)).toEqual([heard('Premieres in 7 days, on 20 November 2026.')])
    await said({ show: slug, kind: 'release_date', date: '2026-12-04', sourceClass: 'official' }, clock)
    await work(clock, inbox)
    clock.set('2026-12-03T09:00:00Z')
    await morning(clock, inbox)
    expect(inbox.to(ANA).at(-1)).toBe(heard('Premieres tomorrow, 4 December 2026.'))
    expect(inbox.mails).toHaveLength(2)
  })

  it('that passed unmet is told once somebody has looked after it; silence is not told', async () => {
    await aFollower(ANA, slug, 2, clock)
    await said({ show: slug, kind: 'release_window', date: '2026-11', sourceClass: 'official' }, clock)
    await db().execute(
      sql`update follow set followed_at = ${clock.pass(minutes(1)).toISOString()}::timestamptz`,
    )
    clock.set('2026-12-01T00:05:00Z')
    await morning(clock, inbox)
    clock.set('2026-12-02T00:05:00Z')
    await morning(clock, inbox)
    expect(inbox.to(ANA)).toEqual([])
    await said({ show: slug, kind: 'no_news' }, clock)
    await work(clock, inbox)
    await morning(clock, inbox)
    expect(inbox.to(ANA)).toEqual([heard('The window November 2026 passed without a premiere.')])
  })

  it('of a show that was over: whoever asked to be told if it is revived hears that it was ordered', async () => {
    await db().execute(sql`
      insert into fact (show_id, season, field, provider, value, as_of, seen_on)
      select id, 0, 'label', 'TVmaze', 'Ended', '2025', '2025-12-31' from show where slug = ${slug}`)
    await deriveStates({ now: clock.now() })
    const [state] = await db().execute(sql`
      select status, next_season from show_state join show on show.id = show_id where slug = ${slug}`)
    expect(state).toEqual({ status: 'over', next_season: 1 })
    await aFollower(ANA, slug, 2, clock)
    await said({ show: slug, kind: 'renewed', sourceClass: 'official' }, clock)
    await work(clock, inbox)
    expect(inbox.to(ANA)).toEqual([heard('Renewed.')])
  })

  it('that we learn of months late is told once, as what it is', async () => {
    await aFollower(ANA, slug, 2, clock)
    await said({ show: slug, kind: 'release_window', date: '2026', sourceClass: 'trade' }, clock)
    await work(clock, inbox)
    const told = inbox.mails.length
    await said({ show: slug, kind: 'release_date', date: '2026-05-15', sourceClass: 'press' }, clock)
    await work(clock, inbox)
    await work(clock, inbox)
    await morning(clock, inbox)
    expect(inbox.to(ANA).slice(told)).toEqual([heard('Premiered on 15 May 2026; we learnt of it only now.')])
  })
})

describe('mail ends', () => {
  const tokenFor = async (address: string) => {
    const [row] = await db().execute<{ id: string; season: number }>(sql`
      select r.id, f.season_id as season from reader r join follow f on f.reader_id = r.id where r.email = ${address}`)
    return tokenOf('unsubscribe', { readerId: row!.id, seasonId: row!.season }, 0)
  }

  it('with one press, for what is queued already as well, and only for its season', async () => {
    await aShow(`${slug}-other`, clock)
    await said({ show: `${slug}-other`, kind: 'renewed', sourceClass: 'official' }, clock)
    clock.pass(minutes(1))
    await aFollower(ANA, `${slug}-other`, 2, clock)
    const ana = await aFollower(ANA, slug, 2, clock)
    clock.pass(minutes(1))
    await said({ show: slug, kind: 'renewed', sourceClass: 'official' }, clock)
    await tellEvents(clock.now())
    await gatherMail(clock.now())
    const [written] = await db().select().from(mail)
    const token = openMail(written!)!.headers['List-Unsubscribe']!.match(/unsubscribe\/([\w-]+)/)![1]!
    expect(await unsubscribe(token, { everything: false, now: clock.now() })).toMatchObject({
      readerId: ana.id,
    })
    await unsubscribe(token, { everything: false, now: clock.now() })
    await work(clock, inbox)
    expect(inbox.mails).toEqual([])
    expect(await noticesOf(ANA)).toMatchObject([{ state: 'skipped', outcome: 'unsubscribed' }])
    await said({ show: slug, kind: 'release_date', date: '2027-03-14', sourceClass: 'official' }, clock)
    await said(
      { show: `${slug}-other`, kind: 'release_date', date: '2027-03-14', sourceClass: 'official' },
      clock,
    )
    await work(clock, inbox)
    expect(inbox.to(ANA)).toEqual([`Title of ${slug}-other, season 2: A date was given: 14 March 2027.`])
    await resubscribe(token)
    await said({ show: slug, kind: 'cancelled', sourceClass: 'official' }, clock)
    await work(clock, inbox)
    expect(inbox.to(ANA)).toHaveLength(2)
  })

  it('by a token that is another’s, cut short or for another purpose, for nobody', async () => {
    await aFollower(ANA, slug, 2, clock)
    const token = await tokenFor(ANA)
    for (const wrong of [token, token.slice(1), `${token}x`, 'x'.repeat(43), ''])
      expect(await unsubscribe(wrong, { everything: true, now: clock.now() })).toBeNull()
  })

  it('when the season is unfollowed before it is sent', async () => {
    const ana = await aFollower(ANA, slug, 2, clock)
    await setWishes(ana, { ...DEFAULT_WISHES, cadence: 'daily' })
    clock.pass(minutes(1))
    await said({ show: slug, kind: 'renewed', sourceClass: 'official' }, clock)
    await work(clock, inbox)
    await unfollowSeason(ana, { slug, number: 2 })
    clock.pass(days(1))
    await work(clock, inbox)
    expect(inbox.mails).toEqual([])
    expect(await noticesOf(ANA)).toMatchObject([{ state: 'skipped', outcome: 'no longer followed' }])
  })

  it('when an address is refused for good, and the reader sees why', async () => {
    await aFollower(ANA, slug, 2, clock)
    clock.pass(minutes(1))
    inbox.refuse = () =>
      Object.assign(new Error(`550 no such mailbox ${ANA}`), { responseCode: 550, code: 'EENVELOPE' })
    await said({ show: slug, kind: 'renewed', sourceClass: 'official' }, clock)
    await work(clock, inbox)
    inbox.refuse = undefined
    await said({ show: slug, kind: 'release_date', date: '2027-03-14', sourceClass: 'official' }, clock)
    await work(clock, inbox)
    expect(inbox.mails).toEqual([])
    const [first] = await noticesOf(ANA)
    expect(first).toMatchObject({ state: 'parked' })
    expect(first?.outcome).toContain('no such mailbox')
    expect(first?.outcome).not.toContain(ANA)
  })
})

describe('what happened first arrives first', () => {
  /** A far side that takes its time: what is on its way there, and what arrived, in order. */
  const slowFarSide = () => {
    const arrived: string[] = []
    let onTheirWay = 0
    const take = async (news: string) => {
      expect(++onTheirWay, 'one at a time to one reader').toBe(1)
      // Long enough for another connection to have taken up the next.
      for (let i = 0; i < 25; i++) await db().execute(sql`select 1`)
      onTheirWay--
      arrived.push(news)
    }
    return { arrived, take }
  }
  const twoNews = async (between: () => Promise<void>) => {
    clock.pass(minutes(1))
    for (const kind of ['renewed', 'cancelled']) {
      await said({ show: slug, kind, sourceClass: 'official' }, clock)
      await tellEvents(clock.now())
      await between()
      clock.pass(minutes(1))
    }
  }

  it('by mail, though both wait when the server is back', async () => {
    await aFollower(ANA, slug, 2, clock)
    await twoNews(async () => void (await gatherMail(clock.now())))
    const { arrived, take } = slowFarSide()
    await deliverMail(async ({ text }) => take(newsOf(text).join()), clock.now)
    expect(arrived).toEqual([heard('Renewed.'), heard('Cancelled.')])
  })

  it('by mail, also when the first is put off: the second waits for it, a sign-in does not', async () => {
    await aFollower(ANA, slug, 2, clock)
    await twoNews(async () => void (await gatherMail(clock.now())))
    inbox.refuse = () => Object.assign(new Error('451 try later'), { responseCode: 451 })
    await deliverMail(inbox.send, clock.now)
    inbox.refuse = undefined
    const signIn = { about: `sign-in-${slug}`, recipient: ANA, subject: 'Sign in', text: '', html: '' }
    await enqueueMails([signIn], clock.now())
    await deliverMail(inbox.send, clock.now)
    expect(inbox.mails.map(({ subject }) => subject)).toEqual(['Sign in'])
    clock.pass(days(1))
    await deliverMail(inbox.send, clock.now)
    expect(inbox.to(ANA).slice(1)).toEqual([heard('Renewed.'), heard('Cancelled.')])
  })

  it('by webhook', async () => {
    const ana = await aFollower(ANA, slug, 2, clock)
    await addChannel(ana, 'webhook', { url: 'https://hooks.example/ana', format: 'json', label: '' })
    await twoNews(async () => undefined)
    const { arrived, take } = slowFarSide()
    await deliverDirect({
      now: clock.now,
      post: async (_, sending) => {
        const { data } = JSON.parse(String(sending?.body))
        await take(`${data.title}: ${data.body}`)
        return { ok: true, status: 204, headers: {}, body: Buffer.alloc(0) }
      },
    })
    expect(arrived).toEqual([expect.stringContaining('Renewed'), expect.stringContaining('Cancelled')])
  })
})

it('a follow made twice and an event told twice are one mail', async () => {
  const ana = await aFollower(ANA, slug, 2, clock)
  await followSeason(ana, { slug, number: 2 })
  clock.pass(minutes(1))
  await said({ show: slug, kind: 'renewed', sourceClass: 'official' }, clock)
  await Promise.all([work(clock, inbox), work(clock, inbox), work(clock, inbox)])
  await deriveStates({ today: dayOf(clock.now()), now: clock.now(), tell: true })
  await work(clock, inbox)
  expect(inbox.to(ANA)).toEqual([heard('Renewed.')])
})

it('a list kept in a browser is forgotten only when nothing is followed in it', async () => {
  const [kept, empty] = [await openBasket('192.0.2.1'), await openBasket('192.0.2.2')]
  await followSeason(kept!.follower, { slug, number: 2 })
  await forgetBaskets(new Date())
  expect(await db().$count(reader)).toBe(2)
  await forgetBaskets(new Date(Date.now() + days(2)))
  const left = await db().select({ id: reader.id }).from(reader)
  expect(left).toEqual([{ id: kept!.follower.id }])
  expect(left).not.toContainEqual({ id: empty!.follower.id })
})
