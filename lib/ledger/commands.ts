import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList, insertRows, textList } from '@/db/rows'
import { season } from '@/db/schema/show'
import { transaction } from '@/db/transaction'
import { type Day, dayOf, daysBetween } from '@/lib/shared/day'
import { expireTags } from '@/lib/shared/expire-tags'
import { importLines } from '@/lib/shared/import-lines'
import { CHANGES_TAG, LEDGER_TAG, seasonTag, showTag } from '@/lib/shared/tags'
import type { Claim } from '@/lib/status/claim'
import { CORRECTION_TOPIC, recordEvents, wakeTeller } from './events'
import { checkClaimLine, claimId, claimLine, type ParsedClaim } from './record'
import { resolveShows } from './resolve'
import { ensureSources } from './sources'
import { deriveWithNext, writeStates } from './states'
import { correctionText, type TakenBack, writeTakenBack } from './taken-back'
import { takeTurns } from './turn'

/**
 * `live` tells readers what is new; `backfill` fills in the past and tells nobody. `restore` puts back what an export
 * holds, and leaves what follows from it to `deriveStates`.
 */
export type RecordMode = 'live' | 'backfill' | 'restore'

/** What an import did. `failed` lines had no effect at all; each was reported with its number and field. */
export interface ClaimsImport {
  lines: number
  added: number
  known: number
  failed: number
  events: number
}

export interface Recorded {
  added: number
  known: number
  events: number
  /** Claims that were refused, by their place in the list, with the reason. */
  refused: { index: number; problem: string }[]
}

/** How far past the last season on record a claim may reach: plans for "seven seasons" are real, season 900 is not. */
const SEASONS_AHEAD_MAX = 10
const rowsOf = (rows: unknown) => JSON.stringify(rows)

/**
 * Records claims and everything that follows from them in one transaction: source and season rows where they are
 * missing, the claims (known ones are left alone), the status of their shows, the events of their history, and with
 * `live` an outbox row for each event that is news. All of it happens or nothing.
 */
export async function recordClaims(
  claims: ParsedClaim[],
  { mode, today, now }: { mode: RecordMode; today: Day; now: Date },
): Promise<Recorded> {
  return transaction(
    async () => {
      const shows = await resolveShows(claims.map(({ show }) => show))
      // Which shows are meant has to be known first; whatever else is read of them is read when their turn has come.
      await takeTurns([...shows.values()].flatMap((found) => (found.ok ? [found.show.id] : [])))
      const refused: Recorded['refused'] = []
      const meant: { index: number; claim: ParsedClaim; showId: number; slug: string }[] = []
      for (const [index, claim] of claims.entries()) {
        const found = shows.get(claim.show)
        if (found?.ok) meant.push({ index, claim, showId: found.show.id, slug: found.show.slug })
        else refused.push({ index, problem: found?.problem ?? 'show: is missing' })
      }
      // What an export holds has been within reach before.
      const sane = mode === 'restore' ? meant : await withinReach(meant, refused, today)
      await ensureSources(sane.map(({ claim }) => claim.publisher))
      await ensureSeasons(sane)
      const known = await knownElsewhere(sane)
      const fresh = sane.filter((one) => !known.has(one))
      const rows = new Map(
        fresh.map(({ claim, showId, slug }) => [
          claimId(slug, claim),
          { id: claimId(slug, claim), show_id: showId, ...columnsOf(claim) },
        ]),
      )
      const added = await insertClaims([...rows.values()])
      const takenBack = await writeTakenBack(fresh.flatMap(takenBackOf))
      const touched = [...new Set([...added.map(({ show_id }) => show_id), ...takenBack])]
      const events = mode === 'restore' ? 0 : await follow(touched, { mode, today, now })
      if (touched.length > 0)
        await expireTags([LEDGER_TAG, ...sane.map(({ slug, claim }) => seasonTag(slug, claim.season))])
      return { added: added.length, known: sane.length - added.length, events, refused }
    },
    { idempotent: true },
  )
}

/** A claim's retraction where its line has one. */
function takenBackOf({ slug, claim }: { slug: string; claim: ParsedClaim }): TakenBack[] {
  const { retracted, publisher: name } = claim
  return retracted
    ? [
        {
          id: claimId(slug, claim),
          ...retracted,
          text: correctionText({ ...claim, name }, retracted.reason),
        },
      ]
    : []
}

type Meant = { claim: ParsedClaim; showId: number; slug: string }

/** Claims that are on record under an address their show had before: a claim is named after the address it was recorded at. */
async function knownElsewhere<T extends Meant>(meant: T[]): Promise<Set<T>> {
  const former = await db().execute<{ show: number; slug: string }>(sql`
    select o.show_id as show, o.value as slug from outside_id o join show on show.id = o.show_id
    where o.namespace = 'greenlit' and o.value <> show.slug and o.show_id in ${idList(meant.map(({ showId }) => showId))}`)
  const named = [...former].flatMap(({ show, slug }) =>
    meant.filter(({ showId }) => showId === show).map((one) => ({ one, id: claimId(slug, one.claim) })),
  )
  if (named.length === 0) return new Set()
  const ids = named.map(({ id }) => id)
  const there = await db().execute<{ id: string }>(sql`
    select id from claim where id in ${textList(ids)}`)
  const known = new Set([...there].map(({ id }) => id))
  return new Set(named.filter(({ id }) => known.has(id)).map(({ one }) => one))
}

const columnsOf = (claim: ParsedClaim) => ({
  season: claim.season,
  source: claim.publisher,
  source_class: claim.sourceClass,
  kind: claim.kind,
  value: claim.value,
  edtf: claim.edtf,
  earliest: claim.earliest,
  latest: claim.latest,
  who: claim.who,
  person_status: claim.personStatus,
  modality: claim.modality,
  citing: claim.citing,
  url: claim.url,
  published_on: claim.publishedOn,
  seen_on: claim.seenOn,
  quote: claim.quote,
  recorded_at: claim.recordedAt ?? null,
})

/** What follows from new or withdrawn claims: states, events, expired pages. Inside the caller's transaction. */
async function follow(showIds: number[], { mode, today, now }: { mode: RecordMode; today: Day; now: Date }) {
  if (showIds.length === 0) return 0
  const shows = await deriveWithNext(showIds, today)
  const changed = await writeStates(shows, today)
  const events = await recordEvents(shows, { today, now, tell: mode === 'live' })
  await expireTags([
    LEDGER_TAG,
    ...(events > 0 ? [CHANGES_TAG] : []),
    ...shows.map(({ slug }) => showTag(slug)),
    ...changed.flatMap(({ stale }) => stale),
  ])
  return events
}

/**
 * Leaves out claims about seasons that there cannot be yet: further past the last on record than anybody plans, and more
 * than one for each year since the show began, for records stop early (ADR 21).
 */
async function withinReach<T extends { index: number; claim: ParsedClaim; showId: number }>(
  meant: T[],
  refused: Recorded['refused'],
  today: Day,
): Promise<T[]> {
  const rows = await db().execute<{ show_id: number; last: number; began: Day | null }>(sql`
    select show_id, max(number)::int as last, min(premiere_earliest)::text as began from season
    where show_id in ${idList(meant.map(({ showId }) => showId))}
      and (recorded or exists (select 1 from claim where claim.season_id = season.id)) group by show_id`)
  const shows = new Map([...rows].map((row) => [row.show_id, row]))
  return meant.filter(({ index, claim, showId }) => {
    const { last = 1, began = null } = shows.get(showId) ?? {}
    const years = began ? daysBetween(began, today) / 365.25 : 0
    if (claim.season <= Math.max(last, years) + SEASONS_AHEAD_MAX) return true
    refused.push({
      index,
      problem: `season: ${claim.season} is too far past season ${last}, the last on record`,
    })
    return false
  })
}

/** A season exists as soon as anybody talks about it. */
async function ensureSeasons(claims: { claim: ParsedClaim; showId: number }[]): Promise<void> {
  const rows = claims.map(({ claim, showId }) => ({ showId, number: claim.season }))
  await insertRows(season, rows, { known: 'left' })
}

async function insertClaims(rows: object[]): Promise<{ show_id: number }[]> {
  if (rows.length === 0) return []
  const added = await db().execute<{ show_id: number }>(sql`
    insert into claim (id, show_id, season_id, source_id, source_class, kind, value, edtf, earliest, latest, who,
      person_status, modality, citing, url, published_on, seen_on, quote, recorded_at)
    select x.id, x.show_id, season.id, source.id, x.source_class, x.kind, x.value, x.edtf, x.earliest, x.latest, x.who,
      x.person_status, x.modality, x.citing, x.url, x.published_on, x.seen_on, x.quote,
      coalesce(x.recorded_at, now())
    from json_to_recordset(${rowsOf(rows)}::json) as x(id text, show_id int, season int, source text, source_class text,
      kind text, value text, edtf text, earliest date, latest date, who text, person_status text, modality text,
      citing text, url text, published_on date, seen_on date, quote text,
      recorded_at timestamptz)
    join season on season.show_id = x.show_id and season.number = x.season
    join source on source.name = x.source
    on conflict (id) do nothing returning show_id`)
  return [...added]
}

/**
 * Imports claim lines (NDJSON, a `claimRecord` each), a batch to a transaction. Bad lines are passed to `report` as
 * sentences with line number and field, and change nothing; the rest is recorded. Importing a file again adds nothing.
 * An import fills in the past (`backfill`) unless told that it is news (`live`).
 */
export async function importClaims(
  lines: AsyncIterable<string> | Iterable<string>,
  options: { mode?: RecordMode; today?: Day; now?: Date; report?: (message: string) => void } = {},
): Promise<ClaimsImport> {
  const { mode = 'backfill', now = new Date(), report = () => {} } = options
  const today = options.today ?? dayOf(now)
  const done = { added: 0, known: 0, events: 0 }
  const read = await importLines<ParsedClaim>(lines, {
    check: (text) => {
      const checked = checkClaimLine(text, today)
      return checked.ok ? { ok: true, record: checked.claim } : checked
    },
    report,
    write: async (batch) => {
      const recorded = await recordClaims(
        batch.map(({ record }) => record),
        { mode, today, now },
      )
      done.added += recorded.added
      done.known += recorded.known
      done.events += recorded.events
      const refused = recorded.refused.sort((a, b) => a.index - b.index)
      return { refused: refused.map(({ index, problem }) => ({ line: batch[index]!.line, problem })) }
    },
  })
  const { added, known, events } = done
  return { lines: read.lines, added, known, failed: read.failed, events }
}

/**
 * Takes a claim back: the retraction, a public correction and the status without the claim, in one transaction.
 * The claim itself stays, marked. Taking it back again changes nothing.
 */
export async function retractClaim(
  id: string,
  reason: string,
  { today, now }: { today: Day; now: Date },
): Promise<{ ok: true } | { ok: false; reason: string }> {
  const why = reason.replace(/\s+/g, ' ').trim().slice(0, 500)
  if (!why) return { ok: false, reason: 'say why the claim is taken back' }
  return transaction(
    async () => {
      const [claim] = await db().execute<
        {
          show_id: number
          season_id: number
          slug: string
          name: string
          published_on: Day | null
        } & Pick<Claim, 'season' | 'kind' | 'personStatus' | 'value'> &
          Record<string, unknown>
      >(sql`
        select claim.show_id, claim.season_id, season.number as season, show.slug, source.name, claim.published_on::text,
          claim.kind, claim.person_status as "personStatus", claim.value
        from claim join season on season.id = claim.season_id join source on source.id = claim.source_id
        join show on show.id = claim.show_id where claim.id = ${id}`)
      if (!claim)
        return { ok: false as const, reason: `there is no claim ${JSON.stringify(id.slice(0, 80))}` }
      // A claim is never edited: what was read of it before the turn came still holds.
      await takeTurns([claim.show_id])
      const added = await db().execute(sql`
        insert into retraction (claim_id, retracted_on, reason) values (${id}, ${today}, ${why})
        on conflict do nothing returning claim_id`)
      if (added.length === 0) return { ok: true as const }
      const text = correctionText({ ...claim, publishedOn: claim.published_on }, why)
      await db().execute(sql`
        with made as (insert into correction (show_id, season_id, claim_id, text, published_on)
          values (${claim.show_id}, ${claim.season_id}, ${id}, ${text}, ${today}) returning id)
        insert into outbox (topic, payload) select ${CORRECTION_TOPIC}, json_build_object('correction', id) from made`)
      await wakeTeller(claim.show_id)
      await follow([claim.show_id], { mode: 'live', today, now })
      await expireTags([CHANGES_TAG, seasonTag(claim.slug, claim.season)])
      return { ok: true as const }
    },
    { idempotent: true },
  )
}

const EXPORT_PAGE = 2000

/**
 * Writes every claim on record as a line of NDJSON, by show, season and id; retracted ones are left out. The same
 * ledger gives the same bytes, and importing them gives the same ledger. Returns the number of claims. What publishers
 * that are `withheld` say as aggregators is left out: their terms keep it from being passed on.
 */
export async function exportClaims(
  write: (line: string) => void | Promise<void>,
  { withheld = [] }: { withheld?: readonly string[] } = {},
): Promise<number> {
  let claims = 0
  for (let after = ['', 0, '']; ; ) {
    const rows = await db().execute<
      Omit<ParsedClaim, 'earliest' | 'latest' | 'recordedAt' | 'retracted'> & {
        id: string
        slug: string
      } & Record<string, unknown>
    >(sql`
      select claim.id, show.slug, 'greenlit:' || show.slug as show, season.number as season, claim.kind, claim.value, claim.edtf,
        claim.who, claim.person_status as "personStatus", claim.modality, claim.citing, source.name as publisher, claim.url,
        claim.published_on::text as "publishedOn", claim.source_class as "sourceClass", claim.quote, claim.seen_on::text as "seenOn"
      from claim join show on show.id = claim.show_id join season on season.id = claim.season_id
      join source on source.id = claim.source_id
      where not exists (select 1 from retraction where retraction.claim_id = claim.id)
        and not (claim.source_class = 'aggregator'
          and source.name in ${textList(withheld)})
        and (show.slug collate "C", season.number, claim.id collate "C") > (${after[0]}, ${after[1]}::int, ${after[2]})
      order by show.slug collate "C", season.number, claim.id collate "C" limit ${EXPORT_PAGE}`)
    for (const row of rows) await write(`${claimLine(row)}\n`)
    claims += rows.length
    const last = rows.at(-1)
    if (!last || rows.length < EXPORT_PAGE) return claims
    after = [last.slug, last.season, last.id]
  }
}
