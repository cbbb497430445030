import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { errorCode } from '@/db/error-code'
import { refuseInTransaction, transaction } from '@/db/transaction'
import { deliverMail } from '@/lib/mail/deliver'
import { asOwner } from '../support/database'

beforeEach(async () => {
  await asOwner(async (owner) => {
    await owner`drop table if exists note`
    await owner`create table note (what text, by xid8 not null default pg_current_xact_id())`
  })
})

const write = (what: string) => db().execute(sql`insert into note (what) values (${what})`)

async function notes(): Promise<string[]> {
  const rows = await db().execute<{ what: string }>(sql`select what from note order by what`)
  return rows.map((row) => row.what)
}

async function transactionId(): Promise<string> {
  const [row] = await db().execute<{ id: string }>(sql`select pg_current_xact_id()::text as id`)
  return row!.id
}

/** Makes the server report an error of this code, as it would for the real thing. */
const fail = (code: string) =>
  db().execute(sql.raw(`do $$ begin raise exception 'as asked' using errcode = '${code}'; end $$`))

const loseConnection = () => db().execute(sql`select pg_terminate_backend(pg_backend_pid())`)

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error) => errorCode(error) ?? (error as Error).message,
  )

describe('a command that runs in a transaction', () => {
  it('happens as a whole', async () => {
    expect(await transaction(async () => [await write('a'), await write('b')].length)).toBe(2)
    expect(await notes()).toEqual(['a', 'b'])
  })

  it('leaves nothing behind when it fails', async () => {
    const failing = transaction(async () => {
      await write('a')
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await notes()).toEqual([])
  })

  it('takes the commands it calls into the same transaction', async () => {
    const failing = transaction(async () => {
      const outer = await transactionId()
      await write('outer')
      await transaction(async () => {
        expect(await transactionId()).toBe(outer)
        await write('inner')
      })
      throw new Error('too late')
    })
    await expect(failing).rejects.toThrow('too late')
    expect(await notes()).toEqual([])
  })

  it('cannot be half done by ignoring an error of the database', async () => {
    const careless = transaction(async () => {
      await write('a')
      await fail('23505').catch(() => {})
    })
    expect(await codeOf(careless)).toBe('23505')
    expect(await notes()).toEqual([])
  })

  it('does not mix with the transactions that run beside it', async () => {
    const ids = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        transaction(async () => {
          const before = await transactionId()
          await write(`note ${n}`)
          expect(await transactionId()).toBe(before)
          return before
        }),
      ),
    )
    expect(new Set(ids).size).toBe(8)
    const perTransaction = await db().execute<{ n: number }>(
      sql`select count(*)::int as n from note group by by`,
    )
    expect(perTransaction.map((row) => row.n)).toEqual(Array(8).fill(1))
  })

  it('refuses what is still sent through it after its end', async () => {
    let end!: () => void
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    let late!: Promise<unknown>
    await transaction(async () => {
      await write('in time')
      late = ended.then(() => codeOf(write('late')))
    })
    end()
    expect(await late).toBe('TRANSACTION_ENDED')
    expect(await notes()).toEqual(['in time'])
  })
})

it('no mail leaves while a transaction is open: what it says might still be rolled back', async () => {
  let sent = 0
  const send = async () => void sent++
  const failing = transaction(async () => {
    await write('a')
    await deliverMail(send)
  })
  await expect(failing).rejects.toThrow('Sending mail inside a transaction')
  expect(sent).toBe(0)
  expect(await notes()).toEqual([])
  await deliverMail(send)
  expect(() => refuseInTransaction('Sending mail')).not.toThrow()
})

describe('when two readers change the same thing at once', () => {
  /** Both read, then both write what they read: one of them has to lose. */
  async function rivals(idempotent: boolean) {
    let runs = 0
    let arrived = 0
    let meet!: () => void
    const bothHaveRead = new Promise<void>((resolve) => {
      meet = resolve
    })
    const one = () =>
      transaction(
        async () => {
          runs++
          const count = (await notes()).length
          if (++arrived === 2) meet()
          await bothHaveRead
          await write(`saw ${count}`)
        },
        { idempotent, isolation: 'serializable' },
      )
    const outcomes = await Promise.all([codeOf(one()), codeOf(one())])
    return { outcomes: outcomes.sort(), runs }
  }

  it('a command that may be repeated is repeated, and both succeed one after the other', async () => {
    expect(await rivals(true)).toEqual({ outcomes: ['done', 'done'], runs: 3 })
    expect(await notes()).toEqual(['saw 0', 'saw 1'])
  })

  it('a command that may not be repeated fails for one of them, and runs once', async () => {
    expect(await rivals(false)).toEqual({ outcomes: ['40001', 'done'], runs: 2 })
    expect(await notes()).toEqual(['saw 0'])
  })
})

describe('when somebody else is at it for longer than a lock is waited for', () => {
  const lock = () => db().execute(sql`select pg_advisory_xact_lock(4711, 1)`)

  /** The lock is held by another until `letGo`. */
  async function lockHeld() {
    let letGo!: () => void
    const released = new Promise<void>((resolve) => {
      letGo = resolve
    })
    let held!: () => void
    const begun = new Promise<void>((resolve) => {
      held = resolve
    })
    const ended = transaction(async () => {
      await lock()
      held()
      await released
    })
    await begun
    return { letGo, ended }
  }

  it('a command that may be repeated asks again, and has its turn', async () => {
    const { letGo, ended } = await lockHeld()
    let runs = 0
    await transaction(
      async () => {
        if (++runs === 2) letGo()
        await lock()
        await write(`run ${runs}`)
      },
      { idempotent: true },
    )
    await ended
    expect(await notes()).toEqual(['run 2'])
  })

  it('it gives up within the time a reader waits for an answer', async () => {
    const { letGo, ended } = await lockHeld()
    const beganAt = performance.now()
    expect(await codeOf(transaction(lock, { idempotent: true }))).toBe('55P03')
    expect(performance.now() - beganAt).toBeLessThan(4_000)
    letGo()
    await ended
  })
})

describe('when something goes wrong on the first try', () => {
  const troubles: [string, () => Promise<unknown>][] = [
    ['a serialisation failure', () => fail('40001')],
    ['a deadlock', () => fail('40P01')],
    ['a lock that somebody else has', () => fail('55P03')],
    ['a lost connection', loseConnection],
    ['a server that is restarting', () => fail('57P03')],
  ]

  it.each(troubles)('%s: a command that may be repeated succeeds, once', async (_name, trouble) => {
    let runs = 0
    await transaction(
      async () => {
        await write(`run ${++runs}`)
        if (runs === 1) await trouble()
      },
      { idempotent: true },
    )
    expect(await notes()).toEqual(['run 2'])
  })

  it.each(troubles)('%s: any other command is told, and nothing is written', async (_name, trouble) => {
    let runs = 0
    const failing = transaction(async () => {
      await write(`run ${++runs}`)
      await trouble()
    })
    await expect(failing).rejects.toThrow()
    expect(runs).toBe(1)
    expect(await notes()).toEqual([])
  })

  it('a command is tried three times, then its error is told', async () => {
    let runs = 0
    const failing = transaction(
      async () => {
        runs++
        await fail('40001')
      },
      { idempotent: true },
    )
    expect(await codeOf(failing)).toBe('40001')
    expect(runs).toBe(3)
  })

  it('an error that a repeat would not cure is told at once', async () => {
    let runs = 0
    const failing = transaction(
      async () => {
        runs++
        await fail('23505')
      },
      { idempotent: true },
    )
    expect(await codeOf(failing)).toBe('23505')
    expect(runs).toBe(1)
  })
})
