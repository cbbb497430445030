/** What a database holds beside its rows: tables and their order, what stands in the way of loading them, sequences. */
import type postgres from 'postgres'
import type { Migration } from './types'

/** A table as it is saved. */
export interface TableShape {
  /** "reader", or with its schema where that is not public. */
  name: string
  columns: string[]
  /** Where its rows are, as SQL. */
  from: string
  /** An order of them that is the same on every server, as SQL. */
  order: string
}

/** The waiting jobs of the queue, by what they are called in a backup. */
export const JOBS = 'graphile_worker.jobs'
/** When each job of the timetable last ran, so that what was missed meanwhile is made up for. */
export const TIMETABLE = 'graphile_worker.known_crontabs'

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** A table of schema public as SQL takes it. */
export const tableName = (name: string) => `public.${quoted(name)}`

/** Columns as SQL takes them. */
export const columnList = (columns: string[]) => columns.map(quoted).join(', ')

/** The rows of a table as they are saved and compared. */
export function rowsOf({ columns, from, order }: Pick<TableShape, 'columns' | 'from' | 'order'>): string {
  return `select ${columnList(columns)} from ${from} order by ${order}`
}

/**
 * The tables of schema public with the columns that are stored as given, in the order of their names. Tables of an
 * extension are its own.
 */
export async function tablesOf(sql: postgres.ISql): Promise<TableShape[]> {
  const rows = await sql<{ name: string; columns: string[]; key: string[] }[]>`
    select c.relname as name,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by a.attnum) as columns,
      array(select quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end
        from pg_index i, unnest(i.indkey) with ordinality as k(attnum, place)
          join pg_attribute a on a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid order by k.place) as key
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
    order by c.relname collate "C"`
  return rows.map(({ name, columns, key }) => {
    // Without a key the whole row is one; as text, since not every type can be sorted.
    const sorted = key.length > 0 ? key : columns.map((column) => `${quoted(column)}::text collate "C"`)
    return { name, columns, from: tableName(name), order: sorted.join(', ') }
  })
}

const JOB_COLUMNS = ['identifier', 'payload', 'queue', 'run_at', 'max_attempts', 'key', 'priority', 'flags']

/**
 * What of the job queue is kept: jobs that wait or were under way, which will be done again, and the timetable. Jobs
 * that were given up, locks and the queue's own numbers are not: another release of it may count otherwise.
 */
export const QUEUE_TABLES: readonly TableShape[] = [
  {
    name: JOBS,
    columns: JOB_COLUMNS,
    from: `(select t.identifier, j.payload, q.queue_name as queue, j.run_at, j.max_attempts, j.key, j.priority,
        (select array_agg(flag order by flag collate "C") from jsonb_object_keys(j.flags) as flag) as flags
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
      where j.attempts < j.max_attempts) waiting`,
    order:
      'identifier collate "C", run_at, key collate "C", payload::text collate "C", queue collate "C", priority, max_attempts',
  },
  {
    name: TIMETABLE,
    columns: ['identifier', 'known_since', 'last_execution'],
    from: 'graphile_worker._private_known_crontabs',
    order: 'identifier collate "C"',
  },
]

/** True where the job queue was ever set up. */
export async function hasQueue(sql: postgres.ISql): Promise<boolean> {
  const [row] = await sql<{ there: boolean }[]>`
    select to_regclass('graphile_worker._private_known_crontabs') is not null as there`
  return row!.there
}

/** The migrations a database has had, oldest first. */
export async function migrationsOf(sql: postgres.ISql): Promise<Migration[]> {
  const [row] = await sql`select to_regclass('drizzle.__drizzle_migrations') as there`
  if (row!.there === null) return []
  const rows = await sql<{ hash: string; created_at: string | null }[]>`
    select hash, created_at::text from drizzle.__drizzle_migrations order by created_at`
  return rows.map(({ hash, created_at }) => ({ madeAtMs: Number(created_at), hash }))
}

/** The last number each sequence of schema public gave; one that gave none is left out. */
export async function sequencesOf(sql: postgres.ISql): Promise<Record<string, string>> {
  const rows = await sql<{ name: string; last: string }[]>`
    select sequencename as name, last_value::text as last from pg_sequences
    where schemaname = 'public' and last_value is not null order by sequencename collate "C"`
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]))
}

/** Statements that empty schema public of what the session's role made there: tables, views, functions, types. */
export async function droppingPublic(sql: postgres.ISql): Promise<string[]> {
  const own = (catalog: string, oid: string) => `not exists (select from pg_depend d
    where d.objid = ${oid} and d.classid = '${catalog}'::regclass and d.deptype in ('e', 'i'))`
  const rows = await sql.unsafe<{ statement: string }[]>(`
    select format('drop %s if exists public.%I cascade',
      case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
      relname) as statement
    from pg_class c
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
      and ${own('pg_class', 'c.oid')} and pg_has_role(relowner, 'usage')
    union all
    select format('drop routine if exists %s cascade', p.oid::regprocedure)
    from pg_proc p where pronamespace = 'public'::regnamespace and ${own('pg_proc', 'p.oid')}
      and pg_has_role(proowner, 'usage')
    union all
    select format('drop type if exists public.%I cascade', typname)
    from pg_type t where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
      and ${own('pg_type', 't.oid')} and pg_has_role(typowner, 'usage')`)
  return rows.map(({ statement }) => statement)
}

/** A foreign key or a trigger: how it is taken off for the time of loading and put back as it was. */
export interface Guard {
  off: string
  on: string
}

/**
 * What would stop rows from coming in one table after the other: foreign keys, which are put back, and so checked,
 * when all rows are there, and triggers, which had their say when the rows were first written. Its owner may do both.
 */
export async function guardsOf(sql: postgres.ISql): Promise<Guard[]> {
  const rows = await sql<Guard[]>`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as off,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as on
    from pg_constraint
    where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0
    union all
    select format('alter table %s disable trigger %I', tgrelid::regclass, tgname),
      format('alter table %s enable trigger %I', tgrelid::regclass, tgname)
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace and not t.tgisinternal and t.tgenabled = 'O'`
  return [...rows]
}
