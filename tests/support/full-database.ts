/** A database in which every table has rows, with values that are hard to carry, and a way to compare two of them. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import postgres from 'postgres'
import { releaseMigrations } from '@/db/migrate'
import { importCatalogue } from '@/lib/catalogue/commands'

/** Text that a line-based form has to keep apart from its own marks. */
export const HARD_TEXT = 'tab\t, line\n, return\r, \\. and \\N and \\\\, “quotes” \' ", 한국어, 🎬, end\\'

/** Opens a database for some statements. */
export async function onDatabase<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

/** The first shows of the starter, through the importer; DATABASE_URL says where to. */
export async function someStarter(shows: number): Promise<void> {
  const file = path.join(import.meta.dirname, '../../db/starter/catalogue.ndjson')
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, shows)
  await importCatalogue(
    (async function* () {
      yield* lines
    })(),
    { lists: 'unite' },
  )
}

/** Rows in every table that is still empty, as the schema of migration 0004 has them. Shows have to be there. */
export async function fillTheRest(url: string): Promise<void> {
  await onDatabase(url, async (sql) => {
    const shows = await sql<{ id: number }[]>`select id from show order by id limit 2`
    const [one, two] = [shows[0]!.id, shows[1]!.id]
    const [season] = await sql<
      { id: number }[]
    >`select id from season where show_id = ${one} order by number limit 1`
    const [ana, bo] = await sql<{ id: string }[]>`
      insert into reader (email, name, email_verified) values ('full-ana@greenlit.test', ${HARD_TEXT}, now()), (null, '', null) returning id`
    const [reader, basket] = [ana!.id, bo!.id]
    await sql`insert into account (user_id, type, provider, provider_account_id) values (${reader}, 'oauth', 'github', '7')`
    await sql`insert into authenticator (credential_id, user_id, provider_account_id, credential_public_key, counter,
      credential_device_type, credential_backed_up) values ('c', ${reader}, 'p', 'k', 2147483647, 'd', true)`
    await sql`insert into session (session_token, user_id, expires, device) values ('s', ${reader}, 'infinity', ${HARD_TEXT})`
    await sql`insert into sign_in_request (email, token_hash, browser_hash, code_hash, expires_at)
      values ('x@greenlit.test', 't', 'b', 'c', now() + interval '10 minutes')`
    await sql`insert into verification_token values (${HARD_TEXT}, 'v', '2026-11-22 00:00:00.123456+00')`
    await sql`insert into rate_limit values ('k', -5, null)`
    await sql`insert into cache_tag values ('show:x', 9007199254740993, null) on conflict do nothing`
    await sql`insert into recap_sentence values (${one}, 1, 1, ${HARD_TEXT}, 3) on conflict do nothing`
    await sql`insert into related values (${one}, 1, ${two}, 0.1, '{"a": [1, "\\u20ac\\n"]}') on conflict do nothing`
    await sql`insert into show_state (show_id, status, because, next_season, next_status, answer, lamp, claim_count, derived_for)
      values (${one}, 'unknown', array['', 'a "b" c', null, ${HARD_TEXT}], 1, 'unknown', 'no', 'grey', 0, '2026-11-22') on conflict do nothing`
    await sql`insert into source (slug, name) values ('full-source', 'Full Source')`
    await sql`insert into claim (id, show_id, season_id, source_id, source_class, kind, value, url, seen_on)
      select 'full-claim', ${one}, ${season!.id}, id, 'press', 'renewed', ${HARD_TEXT}, 'https://full.test', '2026-11-22' from source where slug = 'full-source'`
    await sql`insert into retraction values ('full-claim', '2026-11-23', ${HARD_TEXT})`
    const [correction] = await sql<
      { id: number }[]
    >`insert into correction (show_id, season_id, claim_id, text, published_on)
      values (${one}, ${season!.id}, 'full-claim', ${HARD_TEXT}, '2026-11-23') returning id`
    await sql`insert into season_state (season_id, show_id, status, because, claim_count, derived_for)
      values (${season!.id}, ${one}, 'unknown', '{}', 0, '2026-11-22') on conflict do nothing`
    const [event] = await sql<
      { id: number }[]
    >`insert into event (show_id, season_id, kind, because, happened_on)
      values (${one}, ${season!.id}, 'renewed', '{}', '2020-02-29') returning id`
    // A release before events had names fills this, too; a restore names what has none.
    const names = await sql`
      select from information_schema.columns where table_name = 'event' and column_name = 'key'`
    if (names.length > 0)
      await sql`update event set key = 'full-key', seen_key = ${HARD_TEXT} where id = ${event!.id}`
    const [follow] = await sql<
      { id: number }[]
    >`insert into follow (reader_id, season_id, wants, snoozed_until)
      values (${reader}, ${season!.id}, '{}', 'infinity') returning id`
    await sql`insert into follow (reader_id, season_id) values (${basket}, ${season!.id})`
    const [channel] = await sql<
      { id: number }[]
    >`insert into channel (reader_id, kind, address, keys, enabled)
      values (${reader}, 'webhook', 'https://hook.test', '{"secret": "s"}', false) returning id`
    const [mail] = await sql<
      { id: number }[]
    >`insert into mail (message_id, recipient, subject, text, html, headers, reader_id, sent_at)
      values ('<full@x>', 'full-ana@greenlit.test', ${HARD_TEXT}, '', '', '{}', ${reader}, now()) returning id`
    await sql`insert into notice (reader_id, channel_id, about, kind, season_id, event_id, correction_id, state, due_at, mail_id, settled_at)
      values (${reader}, ${channel!.id}, 'full', 'decision', ${season!.id}, ${event!.id}, ${correction!.id}, 'sent', now(), ${mail!.id}, now())`
    await sql`insert into outbox (topic, payload, processed_at) values ('full', ${sql.json({ text: HARD_TEXT })}, now())`
    await sql`insert into opt_in (email, token_hash, season_ids, expires_at) values ('y@greenlit.test', 'o', array[1, -1]::int[], now())`
    await sql`insert into preference (reader_id, wants) values (${reader}, '{dates}')`
    await sql`insert into reader_token (hash, reader_id, purpose) values ('h', ${reader}, 'feed')`
    const [list] = await sql<
      { id: string }[]
    >`insert into list_import (reader_id, service, file_name, expires_at)
      values (${reader}, 'trakt', ${HARD_TEXT}, now()) returning id`
    await sql`insert into list_import_row values (${list!.id}, 0, null, null, 1, '{}', 'matched', '', ${one}, null, '[]')`
    await sql`insert into list_import_follow values (${list!.id}, ${follow!.id})`
    await sql`insert into setting (key, value) values ('full', ${HARD_TEXT})`
    if (await isThere(sql, 'pair')) {
      await sql`insert into pair (source, show_id, related_show_id, weight) values ('list', ${one}, ${two}, 0.30000000000000004)`
      await sql`insert into pair_voice (reader_id, show_id, related_show_id, reason) values (${reader}, ${two}, ${one}, 'both are slow and sad')`
    }
    if (await isThere(sql, 'wanted'))
      await sql`insert into wanted (reader_id, words, key, keys) values (${reader}, ${HARD_TEXT.slice(0, 80)}, 'hard', array['hard', 'the "hard"'])`
    if (await isThere(sql, 'verdict'))
      await sql`insert into verdict (reader_id, show_id, word) values (${reader}, ${two}, 'not-this')`
    if (await isThere(sql, 'source_look')) {
      await sql`insert into source_look values ('tvmaze', '501', ${one}, now(), now(), ${HARD_TEXT}, 'W/"a"')`
      await sql`insert into sync_state (provider, started_at, says) values ('tvmaze', now(), ${HARD_TEXT})`
      await sql`insert into quarantine values ('tvmaze', '502', ${HARD_TEXT}, now(), now(), null)`
    }
    if (await isThere(sql, 'show_merge')) {
      const [merge] = await sql<
        { id: number }[]
      >`insert into show_merge (from_id, from_slug, from_title, into_id, into_slug, into_title, seasons, from_record, into_before, merged_at)
        values (999999, 'gone', ${HARD_TEXT}, ${one}, 'one', 'One', '{"1": 2}', '{}', '{}', now()) returning id`
      await sql`insert into show_merge_row (merge_id, of_table, key, before, reader_id)
        values (${merge!.id}, 'follow', '7', ${sql.json({ text: HARD_TEXT })}, ${reader})`
      await sql`insert into identity_pair (show_id, namespace, outside_id, score, reasons, first_seen_at, seen_at)
        values (${one}, 'tmdb', ${HARD_TEXT}, 3.5, '[]', now(), now())`
      await sql`insert into season_number values (${one}, 'tmdb', 2019, 1, 1, 'day', '2026-11-22')`
    }
    if (await isThere(sql, 'episode'))
      await sql`insert into episode (season_id, provider, number, name, day, at, offset_minutes)
        values (${season!.id}, 'tvmaze', 1, ${HARD_TEXT}, '2026-11-22', '2026-11-22 20:00+00', -210)`
    if (await isThere(sql, 'open_export')) {
      await sql`insert into open_export (day, made_at, manifest) values ('2026-11-22', now(), ${HARD_TEXT})`
      await sql`insert into open_chunk select id, 'claims.ndjson.gz', 0, decode('001f8b0aff5c', 'hex') from open_export`
      // By now triggers have noted every line; one of them has its number.
      await sql`update open_line set serial = nextval('open_serial') where part = 'claim'`
    }
    if (await isThere(sql, 'person_alias')) {
      await sql`insert into person_alias select min(id), ${HARD_TEXT} from person`
      await sql`insert into person_outside_id select 'imdb', ${HARD_TEXT}, min(id) from person`
    }
    if (await isThere(sql, 'forecast')) {
      const [said] = await sql<{ id: number }[]>`
        insert into forecast (season_id, made_on, model, model_hash, inputs_hash, class, milestone, counted_from, renewal,
          median, low50, high50, low80, high80, low95, high95, reasons)
        values (${season!.id}, '2026-12-01', 'm', 'h', 'i', ${HARD_TEXT}, 'none', '2025-01-01', 0.1, '2027-01-01', '2027-01-01',
          '2027-02-01', '2027-01-01', '2027-03-01', '2026-12-02', '2028-02-29', '[]') returning id`
      await sql`insert into forecast_outcome values (${said!.id}, '2027-01-02', null, true)`
      await sql`insert into forecast_absence values (${season!.id}, 'class', '2026-12-01')`
    }
  })
}

async function isThere(sql: postgres.Sql, table: string): Promise<boolean> {
  const [row] = await sql<{ there: boolean }[]>`select to_regclass(${`public.${table}`}) is not null as there`
  return row!.there
}

/** Every row of every table, as JSON, in an order of its own. What the restore writes itself is left out on request. */
export async function everyRow(url: string, except: string[] = []): Promise<Record<string, string[]>> {
  return onDatabase(url, async (sql) => {
    await sql`set time zone 'UTC'`
    const tables = await sql<
      { name: string }[]
    >`select tablename as name from pg_tables where schemaname = 'public' order by 1`
    const all: Record<string, string[]> = {}
    for (const { name } of tables) {
      const rows = await sql<
        { row: string }[]
      >`select to_jsonb(t)::text as row from ${sql(name)} t order by 1`
      all[name] = rows.map(({ row }) => row).filter((row) => !except.some((part) => row.includes(part)))
    }
    return all
  })
}

/** The jobs that wait, and the timetable, without the queue's own numbers. */
export async function waitingJobs(url: string): Promise<unknown[]> {
  return onDatabase(url, (sql) =>
    sql`
    select t.identifier, j.payload, q.queue_name, j.run_at, j.max_attempts, j.key, j.priority, j.flags
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
    where j.attempts < j.max_attempts order by t.identifier, j.key
  `.then((rows) => [...rows]),
  )
}

/** What a schema is made of: columns, constraints, indexes, triggers, functions and who may do what. */
export async function schemaOf(url: string): Promise<string[]> {
  return onDatabase(url, async (sql) => {
    const rows = await sql<{ line: string }[]>`
      select format('%s.%s %s %s %s %s', table_name, column_name, data_type, is_nullable, column_default, is_identity) as line
        from information_schema.columns where table_schema = 'public'
      union all select format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
        where connamespace = 'public'::regnamespace
      union all select indexdef from pg_indexes where schemaname = 'public'
      union all select format('%s %s', pg_get_triggerdef(oid), tgenabled) from pg_trigger where not tgisinternal
        and tgrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
      union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
      union all select format('%s %s', relname, array(select a::text from unnest(relacl) a order by 1)) from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'S')
      union all select format('migration %s %s', hash, created_at) from drizzle.__drizzle_migrations
      order by 1`
    return rows.map(({ line }) => line)
  })
}

/** How many migrations the first release that could be upgraded from had. */
export const LAST_RELEASE = releaseMigrations().filter(
  ({ folderMillis }) => folderMillis <= 1_795_644_846_379,
).length
