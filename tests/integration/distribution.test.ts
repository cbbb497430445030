/**
 * Where each table would lie if readers outgrew one PostgreSQL (decision 32): what readers own is dealt out by reader, what
 * everybody reads is copied to each server, the rest stays on one. A new table has to choose, and may bring no new obstacle.
 */
import { expect, test } from 'vitest'
import { asOwner } from '../support/database'

type Place =
  /** Rows of one reader, on that reader's server. */
  | 'reader'
  /** Small or read everywhere: a copy on every server. */
  | 'copied'
  /** Of the installation as a whole, or of people who are no readers yet: on one server. */
  | 'one'

const PLACES: Record<Place, string> = {
  reader: `account authenticator channel follow list_import list_import_follow list_import_row notice pair_voice
    preference reader reader_token session verdict wanted`,
  copied: `claim correction credit episode event fact forecast forecast_absence forecast_outcome franchise_link network
    outside_id pair person person_alias person_outside_id recap_sentence related retraction season season_number
    season_state show show_state show_tag show_title source tag`,
  one: `cache_expiry cache_tag heartbeat identity_pair mail open_chunk open_export open_line opt_in outbox quarantine
    rate_limit setting show_merge show_merge_row sign_in_request source_look sync_state tally verification_token`,
}
const tablesIn = (place: Place) => PLACES[place].trim().split(/\s+/)

const textsOf = (query: string) =>
  asOwner(async (owner) => (await owner.unsafe<{ text: string }[]>(query)).map(({ text }) => text))

test('every table has a place', async () => {
  const tables = await textsOf(
    `select tablename as text from pg_tables where schemaname = 'public' order by 1`,
  )
  expect(tables).toEqual((Object.keys(PLACES) as Place[]).flatMap(tablesIn).sort())
})

/** What a move by reader would have to change first. It may get shorter, never longer. */
const OBSTACLES = [
  'account: unique over all readers: provider, provider_account_id',
  'authenticator: unique over all readers: credential_id',
  'channel: numbered over all readers: id',
  'channel: unique over all readers: id',
  'follow: numbered over all readers: id',
  'follow: unique over all readers: id',
  'list_import: unique over all readers: id',
  'list_import_follow: no column says whose a row is',
  'list_import_follow: tied to follow by another column than the reader',
  'list_import_follow: tied to list_import by another column than the reader',
  'list_import_follow: unique over all readers: import_id, follow_id',
  'list_import_row: no column says whose a row is',
  'list_import_row: tied to list_import by another column than the reader',
  'list_import_row: unique over all readers: import_id, position',
  'notice: numbered over all readers: id',
  'notice: tied to channel by another column than the reader',
  'notice: unique over all readers: id',
  'reader: unique over all readers: email',
  'reader_token: unique over all readers: hash',
  'session: unique over all readers: session_token',
  'wanted: numbered over all readers: id',
  'wanted: unique over all readers: id',
]

test('nothing a reader owns is unique, counted or tied across readers, but for what is known', async () => {
  const own = tablesIn('reader')
    .map((table) => `'${table}'`)
    .join()
  const found = await textsOf(`
    with own as (select c.oid, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relname in (${own})),
      key as (select own.oid, own.name, a.attnum from own left join pg_attribute a
        on a.attrelid = own.oid and a.attname = any(case own.name when 'reader' then '{id}' else '{reader_id,user_id}' end::text[]))
    select name || ': no column says whose a row is' as text from key where attnum is null
    union all
    select key.name || ': unique over all readers: ' || (select string_agg(a.attname, ', ' order by a.attnum)
        from pg_attribute a where a.attrelid = key.oid and a.attnum = any(i.indkey))
      from pg_index i join key on key.oid = i.indrelid
      where i.indisunique and (key.attnum is null or key.attnum <> all (i.indkey))
    union all
    select key.name || ': numbered over all readers: ' || a.attname
      from key join pg_attribute a on a.attrelid = key.oid and a.attidentity <> ''
    union all
    select key.name || ': tied to ' || other.name || ' by another column than the reader'
      from pg_constraint f join key on key.oid = f.conrelid join key other on other.oid = f.confrelid
      where f.contype = 'f' and (key.attnum is null or key.attnum <> all (f.conkey))
    order by 1`)
  expect(found).toEqual(OBSTACLES)
})

test('what is copied to every server refers to nothing that is not', async () => {
  const copied = tablesIn('copied')
    .map((table) => `'${table}'`)
    .join()
  expect(
    await textsOf(`
      select f.conrelid::regclass || ' to ' || f.confrelid::regclass as text from pg_constraint f
      where f.contype = 'f' and f.conrelid::regclass::text in (${copied})
        and f.confrelid::regclass::text not in (${copied})`),
  ).toEqual([])
})
