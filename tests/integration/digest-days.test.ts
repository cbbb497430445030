import { sql } from 'drizzle-orm'
import { beforeEach, expect, it } from 'vitest'
import { db } from '@/db/client'
import { setWishes } from '@/lib/follows/wishes'
import { DEFAULT_WISHES } from '@/lib/notices/audience'
import { addDays, type Day } from '@/lib/shared/day'
import { forgetLimits } from '../support/readers'
import { aFollower, aShow, Clock, Inbox, minutes, said, work } from '../support/telling'

beforeEach(async () => {
  await forgetLimits()
  await db().execute(sql`delete from mail`)
  await db().execute(sql`delete from reader`)
})

const DAYS = 6

it.each<[string, Day, string]>([
  ['Europe/Berlin', '2026-10-25', 'back'],
  ['Europe/Berlin', '2027-03-28', 'forward'],
  ['America/New_York', '2026-11-01', 'back'],
])(
  'a daily digest comes at eight by the clock on the wall, in %s around %s when the clocks go %s: none twice, none left out',
  async (timeZone: string, change: Day) => {
    const slug = `digest-${timeZone.toLowerCase().replace(/[^a-z]+/g, '-')}-${change}`
    const clock = new Clock(new Date(`${addDays(change, -3)}T00:00:00Z`))
    const inbox = new Inbox()
    const arrived: string[] = []
    const local = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
    const { send } = inbox
    inbox.send = async (letter) => {
      await send(letter)
      arrived.push(local.format(clock.now()))
    }
    // News twice a day, on both sides of the digest's hour.
    const newsAt = { [`${slug}-early`]: 4, [`${slug}-late`]: 16 }
    const address = `${slug}@greenlit.test`
    for (const show of Object.keys(newsAt)) {
      await aShow(show, clock)
      const ana = await aFollower(address, show, 2, clock)
      await setWishes(ana, { ...DEFAULT_WISHES, timeZone, cadence: 'daily', digestHour: 8 })
    }
    for (let hour = 1; hour <= 24 * DAYS; hour++) {
      clock.pass(minutes(60))
      for (const [show, at] of Object.entries(newsAt))
        if (hour % 24 === at) {
          const date = addDays('2027-08-01', hour)
          await said({ show, kind: 'release_date', date, by: 'Netflix', sourceClass: 'official' }, clock)
        }
      await work(clock, inbox)
    }
    const first = addDays(change, -3)
    expect(arrived).toEqual(Array.from({ length: DAYS }, (_, index) => `${addDays(first, index)} 08:00`))
    // Each tells what came since the one before it, and nothing twice; the last evening's news still waits.
    const told = inbox.to(address).flatMap((news) => news.split(' / '))
    expect(new Set(told).size).toBe(told.length)
    expect(told).toHaveLength(2 * DAYS - 1)
  },
)
