import 'server-only'
import { sql } from 'drizzle-orm'

/** A pattern for text that is one of `names` or begins with one and goes on with another word ("Netflix's Tudum"). */
const beginningWith = (names: string) => `'^\\s*(?:' || ${names} || ')(?![[:alnum:]_])'`
const literally = (name: string) => `regexp_replace(${name}, '([^[:alnum:] ])', '\\\\\\1', 'g')`

// Asked once a query, whatever its rows; null while no source is a body.
const OF_BODIES = `(select ${beginningWith(`string_agg(${literally('body.name')}, '|')`)} from source body where body.official_body)`

/** Whether a claim credits this name, by the rule that finds official bodies. Reads claim. */
export const credits = (name: string) => sql`
  claim.citing ~* (select ${sql.raw(beginningWith(literally('body.name')))} from (values (${name}::text)) body (name))`

/** A claim as the rules know it (`Claim`), built by the database; reads claim, season, source and retraction under those names. */
export const CLAIM_JSON = sql.raw(`json_build_object(
  'id', claim.id, 'season', season.number, 'kind', claim.kind, 'value', claim.value, 'edtf', edtf,
  'earliest', earliest, 'latest', latest, 'who', who, 'personStatus', person_status, 'modality', modality,
  'citing', citing, 'citesOfficialBody', coalesce(citing ~* ${OF_BODIES}, false),
  'url', url, 'publishedOn', published_on, 'seenOn', seen_on,
  'recordedAt', to_char(claim.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'source', json_build_object('slug', source.slug, 'name', source.name), 'sourceClass', source_class,
  'retractedOn', retracted_on, 'retractReason', reason)`)
