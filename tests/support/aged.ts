/** Time that has passed, in a journey: what would have to be waited for is written into the journeys' database. */
import postgres from 'postgres'

async function write(work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(process.env.DATABASE_URL!, { max: 1, onnotice: () => {} })
  try {
    await work(sql)
  } finally {
    await sql.end()
  }
}

/** Makes a reader's account two days old: a new one is not heard yet when it names what belongs beside a show. */
export const ageAccount = (address: string) =>
  write((sql) => sql`update reader set created_at = now() - interval '2 days' where email = ${address}`)

/** Makes a reader's sign-ins an hour old: too old to delete the account, or to add or remove a passkey. */
export const ageSignIn = (address: string) =>
  write(
    (sql) => sql`
      update session set created_at = now() - interval '1 hour'
      where user_id = (select id from reader where email = ${address})`,
  )
