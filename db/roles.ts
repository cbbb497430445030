/**
 * Who may do what in the database. The owner makes and changes the schema (`npm run db:migrate`); the site, the worker
 * and the command line run as a role that owns nothing: it reads and writes rows, and can neither make, change, empty
 * nor drop a table, nor see or make a role. Whoever breaks into the site can so not take the ledger's guard off.
 *
 * One role serves site and worker. The worker clears sessions that are over and readers that are deleted, so that a
 * role of its own would need nearly all the rights of the site's.
 */
import type postgres from 'postgres'

/** The role of site and worker on the embedded server. */
export const EMBEDDED_RUNNING_ROLE = 'greenlit_site'

/** Schemas the running role works in: the site's and the job queue's. */
const WORKED_IN = ['public', 'graphile_worker']
/** Name of the rule that lets the running role see the queue's rows. */
const POLICY = 'greenlit_running'

type Addresses = Readonly<Record<string, string | undefined>>

/** The address migrations, backup and restore use: the owner's, where one is named, else everybody's. */
export function ownerUrl(env: Addresses = process.env): string | undefined {
  return env.MIGRATION_DATABASE_URL || env.DATABASE_URL || undefined
}

/** The role an address connects as. */
function userOf(databaseUrl: string): string {
  try {
    return decodeURIComponent(new URL(databaseUrl).username)
  } catch {
    return ''
  }
}

/** The role that is to be given the running role's rights: null where owner and running role are one. */
export function runningRoleOf(env: Addresses = process.env): string | null {
  const owner = ownerUrl(env)
  const running = env.DATABASE_URL && userOf(env.DATABASE_URL)
  return owner && running && userOf(owner) !== running ? running : null
}

/**
 * Gives a role what site and worker need, and nothing else, on what there is and what the owner will make. May be
 * repeated; run by the owner of the schema, after every migration.
 */
export async function grantRunningRole(sql: postgres.ISql, role: string): Promise<void> {
  const name = quoted(role)
  const [here] = await sql<{ name: string }[]>`select quote_ident(current_database()) as name`
  await sql.unsafe(`grant connect on database ${here!.name} to ${name}`)
  // Databases that were made before PostgreSQL 15 let everybody make tables here.
  await sql.unsafe('revoke create on schema public from public')
  for (const schema of WORKED_IN) {
    await sql.unsafe(`
      grant usage on schema ${schema} to ${name};
      grant select, insert, update, delete on all tables in schema ${schema} to ${name};
      grant usage on all sequences in schema ${schema} to ${name};
      grant execute on all functions in schema ${schema} to ${name};
      alter default privileges in schema ${schema} grant select, insert, update, delete on tables to ${name};
      alter default privileges in schema ${schema} grant usage on sequences to ${name};
      alter default privileges in schema ${schema} grant execute on functions to ${name}`)
  }
  // The queue's tables have row level security and no rule but that of their owner.
  const guarded = await sql<{ table: string; ruled: boolean }[]>`
    select c.relname as table, exists (
      select from pg_policies p
      where p.schemaname = 'graphile_worker' and p.tablename = c.relname and p.policyname = ${POLICY}
        and ${role}::name = any(p.roles)) as ruled
    from pg_class c
    where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind = 'r' and c.relrowsecurity`
  for (const { table, ruled } of guarded) {
    if (ruled) continue
    await sql.unsafe(`
      drop policy if exists ${POLICY} on graphile_worker.${quoted(table)};
      create policy ${POLICY} on graphile_worker.${quoted(table)} to ${name} using (true) with check (true)`)
  }
}

/**
 * Makes a role that can connect and nothing else, or brings it back to that, with this password. For the embedded
 * server, whose owner may make roles; one caller at a time.
 */
export async function ensureRunningRole(sql: postgres.Sql, role: string, password: string): Promise<void> {
  const limits = 'login nosuperuser nocreatedb nocreaterole noinherit noreplication nobypassrls'
  const [known] = await sql`select from pg_roles where rolname = ${role}`
  const [secret] = await sql<{ word: string }[]>`select quote_literal(${password}::text) as word`
  const terms = `${quoted(role)} ${limits} password ${secret!.word}`
  await sql.unsafe(`${known ? 'alter' : 'create'} role ${terms}`)
}

/** A name as SQL takes it. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
