/** The loaded starter as a database of its own, which tests copy: made once for all of `npm test`. */
import postgres from 'postgres'

/** The name of the database. */
export const STARTER_TEMPLATE = 'greenlit_starter'
/** Whoever makes it holds this lock in the database `postgres`; whoever needs it waits for the lock. */
export const STARTER_TEMPLATE_LOCK = 7_242_602

/**
 * Has `load` fill the site's database and keeps a copy of it as the template. Resolves once the lock is held, so that
 * nobody who comes later loads the starter too; `loaded` resolves when both are there.
 * @param ownerUrl the site's database, as the owner of the server
 */
export async function makeStarterTemplate(
  ownerUrl: string,
  load: () => Promise<void>,
): Promise<{ loaded: Promise<void> }> {
  const address = new URL(ownerUrl)
  const name = address.pathname.slice(1)
  address.pathname = '/postgres'
  const sql = postgres(address.href, { max: 1, onnotice: () => {} })
  await sql`select pg_advisory_lock(${STARTER_TEMPLATE_LOCK})`
  const loaded = (async () => {
    try {
      await load()
      await sql`create database ${sql(STARTER_TEMPLATE)} template ${sql(name)} strategy file_copy`
    } finally {
      // The lock goes with the session.
      await sql.end()
    }
  })()
  // Heard when it is asked for.
  loaded.catch(() => {})
  return { loaded }
}
