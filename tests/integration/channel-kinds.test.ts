import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import * as channelDoor from '@/app/api/me/channels/route'
import { db } from '@/db/client'
import { reader } from '@/db/schema/account'
import { follow } from '@/db/schema/follow'
import { channel, notice } from '@/db/schema/notice'
import { CHANNEL_KINDS } from '@/db/schema/words'
import { viewerOf } from '@/lib/accounts/queries'
import { tokenFor } from '@/lib/accounts/reader-tokens'
import type { Follower } from '@/lib/accounts/types'
import { setWishes } from '@/lib/follows/wishes'
import { deliverMail } from '@/lib/mail/deliver'
import { DEFAULT_WISHES } from '@/lib/notices/audience'
import * as channels from '@/lib/notices/channels'
import { DIRECT_KINDS, KINDS } from '@/lib/notices/channels/all'
import type { KindOfChannel } from '@/lib/notices/channels/kind'
import { unsubscribe } from '@/lib/notices/commands'
import { deliverDirect } from '@/lib/notices/deliver-direct'
import { gatherMail } from '@/lib/notices/gather'
import { listTold } from '@/lib/notices/queries'
import { tellEvents } from '@/lib/notices/tell'
import { exportReader } from '@/lib/own-data/queries'
import { badFields, farSide, giveChannel, goodFields } from '../support/channels'
import { Browser, forgetLimits, signInAs } from '../support/readers'
import { aFollower, aShow, Clock, days, Inbox, minutes, said } from '../support/telling'

const byName = <K extends KindOfChannel>(kinds: readonly K[]) =>
  kinds.map((kind) => [kind.kind, kind] as const)
const ALL = byName(KINDS)
const DIRECT = byName(DIRECT_KINDS)

const DOOR = '/api/me/channels'
const SENTENCE = /^[A-Z].{15,}[.]$/
/** What a schema says where nobody wrote a sentence. */
const NO_SENTENCE = /\b(invalid|expected|received|undefined)\b/i

let made = 0
async function newReader(): Promise<Follower> {
  const email = `kinds-${++made}@greenlit.test`
  const [row] = await db().insert(reader).values({ email }).returning({ id: reader.id })
  return { id: row!.id, email }
}
const linesOf = async (who: Follower, { kind }: KindOfChannel) =>
  (await channels.listChannels(who)).filter((line) => line.kind === kind)
const all = () => db().select().from(channel).orderBy(channel.id)

let slug = ''
let clock: Clock

beforeEach(async () => {
  await forgetLimits()
  await db().execute(sql`delete from mail`)
  await db().delete(reader)
  slug = `kinds-${++made}`
  clock = new Clock(new Date('2026-11-02T10:00:00Z'))
})

it('every word for a kind of channel has a kind, and every kind its word', () => {
  expect(KINDS.map(({ kind }) => kind).sort()).toEqual([...CHANNEL_KINDS].sort())
})

it('one kind alone goes into letters: the outbox that takes them is the one of mail', () => {
  expect(KINDS.filter(({ gathers }) => gathers).map(({ kind }) => kind)).toEqual(['mail'])
})

it('only kinds that a reader can add are added', async () => {
  const who = await newReader()
  for (const kind of ['mail', 'pigeon', '', '__proto__', 'constructor']) {
    const result = await channels.addChannel(who, kind, { url: 'https://far.example/' })
    expect([kind, result]).toMatchObject([kind, { ok: false, message: expect.stringMatching(SENTENCE) }])
  }
  expect(await all()).toEqual([])
})

describe.each(ALL)('a channel of the kind %s', (_, kind) => {
  it('has words of its own wherever a reader meets it', () => {
    for (const place of ['heading', 'many', 'told'] as const) {
      const same = KINDS.filter(({ words }) => words[place] === kind.words[place])
      expect([place, same.map((other) => other.kind)]).toEqual([place, [kind.kind]])
      expect(kind.words[place]).toMatch(/^\S(.*\S)?$/)
    }
  })

  it('stands in its owner’s settings and in nobody else’s, and nothing secret stands there', async () => {
    const [who, other] = [await newReader(), await newReader()]
    const id = await giveChannel(who, kind)
    const sections = await channels.listChannelSections(who)
    expect(sections.filter(({ lines }) => lines.length > 0)).toMatchObject([
      { kind: kind.kind, lines: [{ id, enabled: true, isDirect: !kind.gathers }] },
    ])
    const [line] = await linesOf(who, kind)
    expect(line!.label).toMatch(/\S/)
    expect(line!.phrase).toContain(line!.label)
    const { keys, address } = (await all())[0]!
    const secret = [...Object.values(keys ?? {}), kind.gathers ? '' : address].filter(
      (text) => text.length > 9,
    )
    for (const text of secret) expect(JSON.stringify(sections)).not.toContain(text)
    expect(await channels.listChannels(other)).toEqual([])
  })

  it('is in its owner’s export, its address where that is no secret, its keys never', async () => {
    const browser = await signInAs(`export-${kind.kind}@greenlit.test`)
    const who = (await viewerOf(browser.headers()))!
    await giveChannel(who, kind)
    const [row] = (await all()).filter((one) => one.kind === kind.kind)
    const exported = await exportReader(who)
    expect(exported.channels).toMatchObject([
      { kind: kind.kind, address: kind.isAddressSecret ? null : row!.address },
    ])
    for (const key of Object.values(row!.keys ?? {}).filter((text) => text.length > 9))
      expect(JSON.stringify(exported)).not.toContain(key)
  })

  it('is its owner’s alone: no other reader, and nobody, changes it, tests it or reads its secret', async () => {
    const [who, other] = [await newReader(), await newReader()]
    const id = await giveChannel(who, kind)
    const before = await all()
    const { got, means } = farSide({ status: 200 })
    for (const stranger of [other, null]) {
      const expected = { ok: false, reason: stranger ? 'no-channel' : 'signed-out' }
      expect(await channels.removeChannel(stranger, id)).toMatchObject(expected)
      expect(await channels.enableChannel(stranger, id)).toMatchObject(expected)
      expect(await channels.disableChannel(stranger, id)).toMatchObject(expected)
      expect(await channels.testChannel(stranger, id, means)).toMatchObject(expected)
    }
    expect(await channels.getChannelSecret(other, id)).toBeNull()
    const door = new Browser()
    for (const want of ['remove', 'enable', 'disable', 'test'])
      expect((await door.post(channelDoor, DOOR, { want, channel: String(id) })).status).toBe(401)
    expect(got).toEqual([])
    expect(await all()).toEqual(before)
  })

  /** What there is to tell by this kind leaves; the other side answers so. @returns how often it was asked */
  async function leave(address: string, answer: 'taken' | 'busy' | 'dead'): Promise<number> {
    if (!kind.gathers) {
      const status = { taken: 200, busy: 503, dead: 410 }[answer]
      const { got, means } = farSide({ status }, clock.now)
      await Promise.all([deliverDirect(means), deliverDirect(means)])
      await deliverDirect(means)
      return got.length
    }
    const inbox = new Inbox()
    let asked = 0
    const responseCode = { taken: null, busy: 451, dead: 550 }[answer]
    inbox.refuse = ({ recipient }) => {
      if (recipient !== address) return undefined
      asked++
      return responseCode === null
        ? undefined
        : Object.assign(new Error(`${responseCode}`), { responseCode, code: 'EENVELOPE', command: 'RCPT TO' })
    }
    await gatherMail(clock.now())
    await Promise.all([deliverMail(inbox.send, clock.now), deliverMail(inbox.send, clock.now)])
    await deliverMail(inbox.send, clock.now)
    return asked
  }
  const news = async (claim: { kind: string; date?: string }) => {
    clock.pass(minutes(1))
    await said({ show: slug, sourceClass: 'official', ...claim }, clock)
    await tellEvents(clock.now())
  }
  const aReader = async () => {
    await aShow(slug, clock)
    const who = await aFollower(`told-${kind.kind}@greenlit.test`, slug, 2, clock)
    const id = await giveChannel(who, kind)
    const told = () => db().select().from(notice).where(eq(notice.channelId, id)).orderBy(notice.id)
    return { who, id, told }
  }

  it('is told each piece of news once, and its owner reads how', async () => {
    const { who, told } = await aReader()
    await news({ kind: 'renewed' })
    expect(await leave(who.email!, 'taken')).toBe(1)
    await tellEvents(clock.now())
    clock.pass(days(1))
    expect(await leave(who.email!, 'taken')).toBe(0)
    expect(await told()).toMatchObject([{ state: 'sent', attempts: expect.any(Number) }])
    expect(await listTold(who.id)).toContainEqual(
      expect.objectContaining({ by: kind.words.told, state: 'sent', text: 'Renewed' }),
    )
    expect((await linesOf(who, kind))[0]).toMatchObject({
      suspendedAt: null,
      lastDeliveredAt: expect.any(String),
    })
  })

  it('is tried again later where the other side is busy, and then told once', async () => {
    const { who, told } = await aReader()
    await news({ kind: 'renewed' })
    expect(await leave(who.email!, 'busy')).toBe(1)
    expect((await told())[0]!.state).toMatch(/^(due|gathered)$/)
    clock.pass(days(1))
    expect(await leave(who.email!, 'taken')).toBe(1)
    expect(await told()).toMatchObject([{ state: 'sent' }])
  })

  it('is told nothing more once the other side said that it is over, until its owner turns it on', async () => {
    const { who, id, told } = await aReader()
    await news({ kind: 'renewed' })
    expect(await leave(who.email!, 'dead')).toBe(1)
    expect(await told()).toMatchObject([{ state: 'parked', outcome: expect.stringMatching(/\S/) }])
    const [line] = await linesOf(who, kind)
    expect(line).toMatchObject({ enabled: true, suspendedAt: clock.now().toISOString() })
    await news({ kind: 'release_date', date: '2027-03-14' })
    expect(await leave(who.email!, 'taken')).toBe(0)
    expect(await channels.enableChannel(who, id)).toMatchObject({ ok: true })
    await news({ kind: 'delayed', date: '2027-05-01' })
    expect(await leave(who.email!, 'taken')).toBe(1)
  })

  it('waits for its reader’s digest, unless a machine reads it', async () => {
    const { who, told } = await aReader()
    await setWishes(who, { ...DEFAULT_WISHES, cadence: 'weekly' })
    await news({ kind: 'renewed' })
    const { dueAt } = (await told())[0]!
    if (kind.isMachine) expect(dueAt).toEqual(clock.now())
    else expect(dueAt.getTime()).toBeGreaterThan(clock.now().getTime() + minutes(60))
  })

  it('stays when its reader ends the mail about a season, unless it is the mail', async () => {
    const { who } = await aReader()
    const { seasonId } = (await db().select().from(follow))[0]!
    const token = await tokenFor('unsubscribe', { readerId: who.id, seasonId })
    await unsubscribe(token, { everything: false, now: clock.now() })
    const { channels: left } = (await db().select().from(follow))[0]!
    expect(left?.includes(kind.kind)).toBe(!kind.gathers)
  })
})

describe.each(DIRECT)('a channel of the kind %s', (_, kind) => {
  it('is added once, however often it is asked for, and is the same one again', async () => {
    const who = await newReader()
    const fields = goodFields(kind)!
    const added = await channels.addChannel(who, kind.kind, fields)
    expect(added).toMatchObject({ ok: true })
    const secretOf = async () => (added.ok ? channels.getChannelSecret(who, added.id) : null)
    const secret = await secretOf()
    expect(secret !== null).toBe(kind.hasSecret)
    await channels.disableChannel(who, (added as { id: number }).id)
    expect(await channels.addChannel(who, kind.kind, fields)).toEqual(added)
    expect(await secretOf()).toBe(secret)
    expect(await linesOf(who, kind)).toMatchObject([{ enabled: true }])
  })

  it('is refused with a sentence that says which field to mend, and nothing of it is kept', async () => {
    const who = await newReader()
    const wishes = badFields(kind)
    expect(wishes.length).toBeGreaterThan(2)
    for (const { fields, wrong } of wishes) {
      await forgetLimits()
      const result = await channels.addChannel(who, kind.kind, fields)
      expect([fields, result]).toMatchObject([fields, { ok: false, reason: 'channel' }])
      if (result.ok) continue
      expect(result.message).toMatch(SENTENCE)
      expect(result.message).not.toMatch(NO_SENTENCE)
      if (kind.entry.form) expect([fields, result.field]).toEqual([fields, wrong])
    }
    expect(await all()).toEqual([])
  })

  it('is refused to nobody, and to a reader who has the most there may be', async () => {
    expect(await channels.addChannel(null, kind.kind, goodFields(kind)!)).toMatchObject({
      ok: false,
      reason: 'signed-out',
    })
    const who = await newReader()
    for (let i = 0; i < kind.most; i++) await giveChannel(who, kind)
    const refused = await channels.addChannel(who, kind.kind, goodFields(kind)!)
    expect(refused).toMatchObject({ ok: false, reason: 'full', message: expect.stringMatching(SENTENCE) })
    expect(await linesOf(who, kind)).toHaveLength(kind.most)
  })

  it('is tested by its owner and removed by its owner', async () => {
    const who = await newReader()
    const id = await giveChannel(who, kind)
    const { got, means } = farSide({ status: 200 })
    expect(await channels.testChannel(who, id, means)).toEqual({ ok: true, id })
    expect(got).toHaveLength(1)
    expect(await channels.removeChannel(who, id)).toMatchObject({ ok: true })
    expect(await all()).toEqual([])
  })
})

describe.each(DIRECT.filter(([, { entry }]) => entry.form))('the form of the kind %s', (_, kind) => {
  const form = kind.entry.form!
  const add = (browser: Browser, fields: Record<string, string>) =>
    browser.post(channelDoor, DOOR, { want: 'add', kind: kind.kind, ...fields })

  it('adds a channel, and shows its secret where it has one', async () => {
    const browser = await signInAs(`form-${kind.kind}@greenlit.test`)
    const answer = await add(browser, goodFields(kind)!)
    expect(answer.status).toBe(200)
    const { location } = (await answer.json()) as { location: string }
    expect(location).toMatch(kind.hasSecret ? /^\/settings\/notices\?secret=\d+$/ : /^\/settings\/notices$/)
    expect(await all()).toMatchObject([{ kind: kind.kind }])
  })

  it('is refused with a sentence for nonsense and for strangers, and is given back as it was filled in', async () => {
    const browser = await signInAs(`form-${kind.kind}@greenlit.test`)
    for (const { fields } of badFields(kind)) {
      await forgetLimits()
      const answer = await add(browser, fields)
      expect([fields, answer.status]).toEqual([
        fields,
        expect.toSatisfy((status) => status === 400 || status === 422),
      ])
      expect(((await answer.json()) as { detail: string }).detail).not.toMatch(NO_SENTENCE)
    }
    const [typed] = form.fields.filter(({ type }) => type !== 'choice')
    const stranger = await new Browser().post(
      channelDoor,
      DOOR,
      { want: 'add', kind: kind.kind, ...goodFields(kind) },
      { Accept: 'text/html' },
    )
    expect(stranger.status).toBe(401)
    const page = await stranger.text()
    expect(page).toContain(`>${typed!.label}</label>`)
    expect(page).toContain('Send it again')
    expect(await all()).toEqual([])
  })
})
