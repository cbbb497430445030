/**
 * A catalogue of any size out of the one a database holds: its shows become donors, and as many new ones are made of
 * them as are wanted, with set-based SQL and by a seed.
 *
 * What a show is (kind, country, network, genres, seasons with their facts) comes whole from one donor, so that it hangs
 * together; its names are a first half of one name and a second half of another of the same script, so that lengths,
 * scripts and common words stay; cast comes from several donors, claims from another. Where more is wanted a show than
 * the donors have, donors that have more are drawn more often. Foreign keys are dropped for the time and proved when
 * they are made again. Names share halves, so that they look more alike than a real catalogue's do: a search has more to
 * tell apart.
 */
import type postgres from 'postgres'

/** How much a show has on average. */
export interface Measures {
  seasons: number
  names: number
  credits: number
  episodes: number
  claims: number
  follows: number
  /** People, and readers, to one show. */
  people: number
  readers: number
}

/** What is asked of a catalogue of 100,000 shows, by the show. */
export const MEASURES: Measures = {
  seasons: 4,
  names: 3,
  credits: 15,
  episodes: 30,
  claims: 10,
  follows: 10,
  people: 3,
  readers: 0.5,
}

export interface Growth {
  shows: number
  seed?: number
  measures?: Partial<Measures>
  /** Leaves the states of shows and seasons, and their events, to the code that derives them; else they are the donors'. */
  statesLater?: boolean
  report?: (line: string) => void
}

const EMPTIED = `show, person, person_alias, person_outside_id, show_title, show_tag, outside_id, franchise_link, credit,
  season, recap_sentence, fact, claim, retraction, correction, event, season_state, show_state, related, episode, follow,
  reader, source_look, tally, forecast, forecast_outcome, forecast_absence`

/** Draws what is needed a row, always the same for the same seed. */
const HELPERS = (seed: number) => `
  create schema seed;
  create function seed.chance(i bigint, salt int) returns float8 language sql immutable parallel safe as
    $$ select (hashint8extended(i * 1000 + salt, ${seed}) & 140737488355327)::float8 / 140737488355328 $$;
  create function seed.pick(i bigint, salt int, n bigint) returns int language sql immutable parallel safe as
    $$ select 1 + ((hashint8extended(i * 1000 + salt, ${seed}) & 140737488355327) % n)::int $$;`

const DONORS = `
  create unlogged table seed.show as select row_number() over (order by id)::int as n, * from show;
  create unlogged table seed.season as select row_number() over (order by show_id, number)::int as n, * from season;
  create unlogged table seed.title as select row_number() over (order by show_id, position)::int as n, * from show_title;
  create unlogged table seed.credit as select * from credit;
  create unlogged table seed.troupe as
    select row_number() over (order by show_id)::int as n, show_id from credit group by show_id;
  create unlogged table seed.person as select row_number() over (order by id)::int as n, name from person;
  create unlogged table seed.claim as select row_number() over (order by claim.id)::int as n, claim.*, season.number
    from claim join season on season.id = season_id;
  create unlogged table seed.tagged as select * from show_tag;
  create unlogged table seed.fact as select * from fact;
  create unlogged table seed.state as select * from show_state;
  create unlogged table seed.season_state as select * from season_state;
  create unlogged table seed.event as select event.*, season.number from event join season on season.id = season_id;
  create unlogged table seed.half as
    select n, show_id, script, words,
      case when words > 1 then array_to_string(parts[:(words + 1) / 2], ' ')
        else left(text, (length(text) + 1) / 2) end as head,
      case when words > 1 then array_to_string(parts[(words + 1) / 2 + 1:], ' ')
        else right(text, length(text) - (length(text) + 1) / 2) end as tail
    from (select *, cardinality(parts) as words from (
      select n, show_id, text, string_to_array(text, ' ') as parts,
        case when text ~ '[\\u3040-\\u30ff]' then 'kana' when text ~ '[\\uac00-\\ud7a3]' then 'hangul'
          when text ~ '[\\u4e00-\\u9fff]' then 'han' when text ~ '[\\u0400-\\u04ff]' then 'cyrillic'
          when text ~ '[a-zA-Z]' then 'latin' else 'other' end as script
      from seed.title) one) two;
  create unlogged table seed.tail as
    select script, row_number() over (partition by script order by n)::int as n, words, tail from seed.half;
  create unlogged table seed.script as select script, count(*) as names from seed.half group by script;
  create index on seed.season (show_id); create index on seed.title (show_id); create index on seed.credit (show_id);
  create unique index on seed.show (n); create unique index on seed.show (id); create unique index on seed.season (n);
  create unique index on seed.title (n); create unique index on seed.troupe (n); create unique index on seed.person (n);
  create unique index on seed.claim (n); create index on seed.claim (show_id); create unique index on seed.half (n);
  create unique index on seed.tail (script, n); create index on seed.fact (show_id); create index on seed.tagged (show_id);
  create index on seed.season_state (season_id); create index on seed.state (show_id); create index on seed.event (show_id);
  analyze`

type Sql = postgres.Sql

async function number(sql: Sql, query: string): Promise<number> {
  const [row] = await sql.unsafe(query)
  return Number(Object.values(row ?? {})[0] ?? 0)
}

/** The foreign keys of the schema, dropped; the function that comes back makes them again, which proves them. */
async function withoutForeignKeys(sql: Sql): Promise<() => Promise<void>> {
  const keys = await sql<{ held: string; name: string; definition: string }[]>`
    select conrelid::regclass::text as held, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 2`
  for (const { held, name } of keys) await sql.unsafe(`alter table ${held} drop constraint ${name}`)
  return async () => {
    for (const { held, name, definition } of keys)
      await sql.unsafe(`alter table ${held} add constraint ${name} ${definition}`)
  }
}

/** A name out of two: `half` of it is given, the other half drawn from the same script. */
const NAME = `half.head || case when half.words > 1 or tail.words > 1 then ' ' else '' end || tail.tail`
const TAIL_OF = (i: string, salt: number) => `
  join seed.script on script.script = half.script
  join seed.tail on tail.script = half.script and tail.n = seed.pick(${i}, ${salt}, script.names)`

/**
 * Replaces the catalogue, ledger and follows of a database by a grown one. Networks, tags and sources stay as they are.
 * The connection is the owner's. What the code keeps besides (related titles) is not made.
 */
export async function grow(sql: Sql, growth: Growth): Promise<void> {
  const { shows, seed = 1, statesLater = false, report = () => {} } = growth
  const per = { ...MEASURES, ...growth.measures }
  const begun = performance.now()
  const step = async (what: string, query: string) => {
    await sql.unsafe(query)
    report(`${((performance.now() - begun) / 1000).toFixed(1)} s: ${what}`)
  }
  await step('donors', HELPERS(seed) + DONORS)
  const remake = await withoutForeignKeys(sql)
  await step('emptied', `truncate ${EMPTIED} restart identity`)
  await growShows(sql, shows, per, step)
  await growNames(sql, shows, per, step)
  await growPeople(sql, shows, per, step)
  await growEpisodes(sql, shows, per, step)
  await growLedger(sql, shows, per, step)
  if (!statesLater) await step('states and events, as the donors had them', STATES)
  await growFollows(shows, per, step)
  await remake()
  report(`${((performance.now() - begun) / 1000).toFixed(1)} s: foreign keys hold`)
  await step('done', 'drop schema seed cascade')
}

type Step = (what: string, query: string) => Promise<void>

async function growShows(sql: Sql, shows: number, per: Measures, step: Step): Promise<void> {
  const donors = await number(sql, 'select count(*) from seed.show')
  const rows = await number(sql, 'select count(*) from seed.season')
  const plain = rows / donors
  const weighted = await number(
    sql,
    'select sum(c * c) / sum(c) from (select count(*) as c from seed.season group by show_id) s',
  )
  // A donor drawn by its seasons has more of them; so many are drawn that way that the mean is right.
  const byRows = Math.min(1, Math.max(0, (per.seasons - plain) / (weighted - plain)))
  await step(
    `${shows} shows`,
    `create unlogged table seed.made as
      select i, coalesce(s.show_id, d.id) as donor from (select i::int, seed.chance(i, 1) < ${byRows} as by_rows
        from generate_series(1, ${shows}) i) drawn
      left join seed.season s on by_rows and s.n = seed.pick(i, 2, ${rows})
      left join seed.show d on not by_rows and d.n = seed.pick(i, 3, ${donors});
    create unique index on seed.made (i); create index on seed.made (donor); analyze seed.made;
    insert into show (id, slug, title, original_title, kind, country, language, network_id, source_material, summary,
        popularity, rating, provenance) overriding system value
      select i, trim(both '-' from left(lower(regexp_replace(name, '[^a-zA-Z0-9]+', '-', 'g')), 60)) || '-' || i, name,
        original_title, kind, country, language, network_id, source_material, summary,
        popularity * (0.5 + seed.chance(i, 5)), rating, provenance
      from (select i, ${NAME} as name, own.* from seed.made join seed.show own on own.id = donor
        join seed.title first on first.show_id = donor and first.position = 0
        join seed.half on half.n = first.n ${TAIL_OF('i', 4)}) one;
    update show set slug = trim(both '-' from slug) where slug like '-%';
    insert into season (show_id, number, name, premiere, premiere_earliest, premiere_latest, finale, finale_earliest,
        finale_latest, episodes, recorded)
      select i, number, name, premiere, premiere_earliest, premiere_latest, finale, finale_earliest, finale_latest,
        episodes, recorded from seed.made join seed.season on season.show_id = donor order by i, number;
    insert into show_tag select i, tag_id, position from seed.made join seed.tagged on tagged.show_id = donor;
    insert into outside_id select 'made', i::text, i from seed.made;
    insert into fact (show_id, season, field, provider, value, as_of, seen_on, withdrawn_on)
      select i, season, field, provider, value, as_of, seen_on, withdrawn_on
      from seed.made join seed.fact on fact.show_id = donor;
    select setval(pg_get_serial_sequence('show', 'id'), ${shows});
    analyze show; analyze season`,
  )
}

async function growNames(sql: Sql, shows: number, per: Measures, step: Step): Promise<void> {
  await step(
    'the names of donors, recombined',
    `insert into show_title select i, 0, 'title', title from seed.made join show on show.id = i;
    insert into show_title select i, position, kind, ${NAME}
      from seed.made join seed.title one on one.show_id = donor and one.position > 0
      join seed.half on half.n = one.n ${TAIL_OF('i::bigint * 50 + one.position', 6)}`,
  )
  const there = await number(sql, 'select count(*) from show_title')
  const titles = await number(sql, 'select count(*) from seed.title')
  const more = Math.max(0, per.names - there / shows)
  await step(
    `${shows * per.names} names`,
    `insert into show_title select i, 100 + k, 'alias', ${NAME}
      from (select i, k from seed.made, generate_series(1, ceil(${more})::int) k
        where seed.chance(i::bigint * 10 + k, 7) < ${more / Math.ceil(Math.max(more, 1))}) one
      join seed.half on half.n = seed.pick(i::bigint * 10 + k, 8, ${titles}) ${TAIL_OF('i::bigint * 10 + k', 9)};
    analyze show_title`,
  )
}

async function growPeople(sql: Sql, shows: number, per: Measures, step: Step): Promise<void> {
  const people = Math.round(shows * per.people)
  const known = await number(sql, 'select count(*) from seed.person')
  const casts = await number(sql, 'select count(*) from seed.troupe')
  const mean = (await number(sql, 'select count(*) from seed.credit')) / casts
  const donors = Math.max(1, Math.ceil(per.credits / mean))
  await step(
    `${people} people with ${shows * per.credits} credits`,
    `insert into person (id, name) overriding system value
      select i, case when i % 3 = 0 then a.name
        else split_part(a.name, ' ', 1) || ' ' || regexp_replace(b.name, '^[^ ]+ ', '') end
      from generate_series(1, ${people}) i join seed.person a on a.n = 1 + (i - 1) % ${known}
      join seed.person b on b.n = seed.pick(i, 10, ${known});
    select setval(pg_get_serial_sequence('person', 'id'), ${people});
    insert into credit (show_id, role, position, person_id, character)
      select i, role, row_number() over (partition by i, role order by k, position) - 1,
        -- A few are in many shows, most in few.
        1 + floor(${people} * seed.chance(i::bigint * 500 + k * 100 + position, 11) ^ 1.5)::int, character
      from seed.made, generate_series(1, ${donors}) k
      join seed.troupe on true join seed.credit on credit.show_id = troupe.show_id
      where troupe.n = seed.pick(i::bigint * 20 + k, 12, ${casts})
        and seed.chance(i::bigint * 20 + k, 13) < ${per.credits / mean / donors};
    analyze person; analyze credit`,
  )
}

async function growEpisodes(sql: Sql, shows: number, per: Measures, step: Step): Promise<void> {
  const listed = `from season where recorded and premiere_earliest is not null and premiere_earliest = premiere_latest`
  const count = 'least(coalesce(episodes, 10), 60)'
  const each = (shows * per.episodes) / (await number(sql, `select sum(${count}) ${listed}`))
  const names = await number(sql, 'select count(*) from seed.half')
  await step(
    `${shows * per.episodes} episodes`,
    `insert into episode (season_id, day, number, minutes, provider, name)
      select id, premiere_earliest + 7 * (number - 1), number, 45, 'tvmaze', half.head || ' ' || half.tail
      from (select id, premiere_earliest, generate_series(1, greatest(1,
          floor(${count} * ${each} + seed.chance(id, 14))::int)) as number ${listed}) one
      join seed.half on half.n = seed.pick(id::bigint * 100 + number, 15, ${names});
    analyze episode`,
  )
}

async function growLedger(sql: Sql, shows: number, per: Measures, step: Step): Promise<void> {
  const claims = await number(sql, 'select count(*) from seed.claim')
  const weighted = await number(
    sql,
    'select sum(c * c) / sum(c) from (select count(*) as c from seed.claim group by show_id) s',
  )
  // A donor's claims keep their distance from its next season; what is too far back is said of the first.
  await step(
    `${shows * per.claims} claims`,
    `create unlogged table seed.last as
      select show_id, max(number) as number, min(number) as first from season group by show_id;
    create unlogged table seed.last_claimed as select show_id, max(number) as number from seed.claim group by show_id;
    insert into claim (id, show_id, season_id, source_id, source_class, kind, value, edtf, earliest, latest, who,
        person_status, modality, citing, url, published_on, seen_on, quote, recorded_at)
      select left(encode(sha256(convert_to(said.id || ' ' || i || ' ' || k, 'UTF8')), 'hex'), length(said.id)), i, season.id,
        source_id, source_class, kind, value, edtf, earliest, latest, who, person_status, modality, citing,
        url || '#' || i, published_on, seen_on, quote, recorded_at
      from seed.made, generate_series(1, ceil(${per.claims / weighted})::int) k
      join (select n, show_id from seed.claim) drawn on true join seed.claim said on said.show_id = drawn.show_id
      join seed.last_claimed on last_claimed.show_id = said.show_id
      join seed.last on true
      join season on true
      where drawn.n = seed.pick(i::bigint * 10 + k, 16, ${claims})
        and seed.chance(i::bigint * 10 + k, 17) < ${per.claims / weighted / Math.ceil(per.claims / weighted)}
        and last.show_id = i and season.show_id = i
        and season.number = greatest(last.first, last.number - (last_claimed.number - said.number))
      on conflict do nothing;
    analyze claim`,
  )
}

const STATE_COLUMNS = `status, because, next_season, next_status, next_edtf, next_earliest, next_latest, next_state,
  waits_from, last_premiere, last_finale, answer, lamp, claim_count, changed_on, checked_on, derived_for, since, newest_source_on`

const STATES = `
  insert into show_state (show_id, ${STATE_COLUMNS}) select i, ${STATE_COLUMNS}
    from seed.made join (select show_id, ${STATE_COLUMNS}
      from seed.state) state on state.show_id = donor;
  insert into season_state (season_id, show_id, status, because, premiere_edtf, premiere_earliest, premiere_latest,
      premiere_state, claim_count, changed_on, checked_on, derived_for)
    select season.id, i, state.status, state.because, state.premiere_edtf, state.premiere_earliest, state.premiere_latest,
      state.premiere_state, (select count(*) from claim where claim.season_id = season.id), state.changed_on,
      state.checked_on, state.derived_for
    from seed.made join seed.season own on own.show_id = donor join seed.season_state state on state.season_id = own.id
    join season on season.show_id = i and season.number = own.number;
  update show_state set claim_count = (select count(*) from claim where claim.show_id = show_state.show_id),
    newest_source_on = (select max(published_on) from claim where claim.show_id = show_state.show_id)
    where exists (select from claim where claim.show_id = show_state.show_id);
  insert into event (show_id, season_id, kind, was, became, because, happened_on, ordinal, recorded_at, telling)
    select claim.show_id, season_id, 'renewed', '', claim.id, array[claim.id], published_on, 0, recorded_at, 'silent'
    from claim where published_on is not null and kind in ('renewed', 'announced', 'release_date', 'cancelled')
    on conflict do nothing;
  analyze show_state; analyze season_state; analyze event`

async function growFollows(shows: number, per: Measures, step: Step): Promise<void> {
  const readers = Math.max(1, Math.round(shows * per.readers))
  await step(
    `${shows * per.follows} follows`,
    `insert into reader (email) select 'reader-' || i || '@greenlit.test' from generate_series(1, ${readers}) i;
    create unlogged table seed.reader as select row_number() over ()::int as n, id from reader;
    create unlogged table seed.next as select row_number() over (order by popularity desc nulls last, show.id)::int as n,
      last.id from show join lateral (select id from season where show_id = show.id order by number desc limit 1) last on true;
    create unique index on seed.reader (n); create unique index on seed.next (n);
    insert into follow (reader_id, season_id, followed_at)
      select reader.id, next.id, now() - interval '1 day' * seed.pick(i, 18, 700)
      -- The best known are followed by many.
      from generate_series(1, ${Math.round(shows * per.follows)}) i
      join seed.reader on reader.n = seed.pick(i, 19, ${readers})
      join seed.next on next.n = 1 + floor(${shows} * seed.chance(i, 20) ^ 2)::int
      on conflict do nothing;
    analyze follow; analyze reader`,
  )
}
