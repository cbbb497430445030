/** A small world for tests of telling: shows, readers, claims as they come in, a clock, and a mail server that writes down. */
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { reader } from '@/db/schema/account'
import type { Follower } from '@/lib/accounts/types'
import { followSeason } from '@/lib/follows/commands'
import { recordClaims } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { checkClaim } from '@/lib/ledger/record'
import { type DueMail, deliverMail, type Send } from '@/lib/mail/deliver'
import { tellCorrections } from '@/lib/notices/correct'
import { gatherMail } from '@/lib/notices/gather'
import { tellEvents, tellPremieres } from '@/lib/notices/tell'
import { dayOf } from '@/lib/shared/day'
import { makeShow } from './readers'

export const minutes = (count: number) => count * 60_000
export const days = (count: number) => count * 86_400_000

/** The time in a test; it goes only where it is sent. */
export class Clock {
  constructor(private at: Date) {}
  now = (): Date => this.at
  pass(ms: number): Date {
    this.at = new Date(this.at.getTime() + ms)
    return this.at
  }
  set(instant: string): Date {
    this.at = new Date(instant)
    return this.at
  }
}

/** A show with seasons 1 and 2 whose state is derived as of the clock's day. */
export async function aShow(slug: string, clock: Clock, seasons = 3): Promise<void> {
  await makeShow(slug, seasons)
  await deriveStates({ today: dayOf(clock.now()), now: clock.now() })
}

/** A reader with an address who follows a season since now. */
export async function aFollower(
  address: string,
  slug: string,
  number: number,
  clock: Clock,
): Promise<Follower> {
  const [made] = await db()
    .insert(reader)
    .values({ email: address })
    .onConflictDoUpdate({ target: reader.email, set: { email: address } })
    .returning({ id: reader.id })
  const follower = { id: made!.id, email: address }
  const done = await followSeason(follower, { slug, number })
  if (!done.ok) throw new Error(done.message)
  await db().execute(
    sql`update follow set followed_at = ${clock.now().toISOString()}::timestamptz where reader_id = ${follower.id}
      and season_id = (select season.id from season join show on show.id = season.show_id
        where show.slug = ${slug} and season.number = ${number})`,
  )
  return follower
}

interface Said {
  show: string
  season?: number
  kind: string
  date?: string | null
  by?: string
  sourceClass?: string
  on?: string
  who?: string
}

let pages = 0

/** A claim comes in now, published today unless told otherwise. @returns its id */
export async function said(
  { show, season = 2, kind, date = null, by = 'The Daily', sourceClass = 'press', on, who }: Said,
  clock: Clock,
): Promise<string> {
  const today = dayOf(clock.now())
  const url = `https://news.test/${++pages}`
  const checked = checkClaim(
    {
      show: `greenlit:${show}`,
      season,
      kind,
      value: `${by} says ${kind} ${date ?? ''}`.trim(),
      date,
      who: who ?? null,
      publisher: by,
      url,
      published_on: on ?? today,
      source_class: sourceClass,
    },
    today,
  )
  if (!checked.ok) throw new Error(checked.problems.join('; '))
  const done = await recordClaims([checked.claim], { mode: 'live', today, now: clock.now() })
  if (done.refused.length > 0) throw new Error(done.refused[0]!.problem)
  const [row] = await db().execute<{ id: string }>(sql`select id from claim where url = ${url}`)
  return row!.id
}

/** The mail server of a test: takes everything, in order, unless told to refuse. */
export class Inbox {
  readonly mails: DueMail[] = []
  refuse: ((letter: DueMail) => Error | undefined) | undefined
  send: Send = async (letter) => {
    const refusal = this.refuse?.(letter)
    if (refusal) throw refusal
    this.mails.push(letter)
  }
  /** The mails an address was sent. */
  mailsTo(address: string): DueMail[] {
    return this.mails.filter(({ recipient }) => recipient === address)
  }
  /** The news of each. */
  to(address: string): string[] {
    return this.mailsTo(address).map(({ text }) => newsOf(text).join(' / '))
  }
}

/** The lines of a mail that say what changed: "The Show, season 2: Renewed". */
export function newsOf(text: string): string[] {
  const [body = ''] = text.split('\n-- \n')
  return body
    .split('\n\n\n')
    .map((part) => part.trim().split('\n').filter(Boolean))
    .filter((lines) => lines.length > 1)
    .map(([heading, news]) => `${heading}: ${news?.replace(/ As of .*$/, '')}`)
}

/** What the worker does in one round, at the clock's time. */
export async function work(clock: Clock, inbox: Inbox): Promise<void> {
  const now = clock.now()
  await tellCorrections(now)
  await tellEvents(now)
  await gatherMail(now)
  await deliverMail(inbox.send, clock.now)
}

/** What the worker does at midnight and every hour, then a round. */
export async function morning(clock: Clock, inbox: Inbox): Promise<void> {
  await deriveStates({ today: dayOf(clock.now()), now: clock.now(), tell: true })
  await tellPremieres(clock.now())
  await work(clock, inbox)
}
