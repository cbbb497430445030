import 'server-only'
import { sql } from 'drizzle-orm'

/** A claim as the rules know it (`Claim`), built by the database; reads claim, season, source and retraction under those names. */
export const CLAIM_JSON = sql.raw(`json_build_object(
  'id', claim.id, 'season', season.number, 'kind', claim.kind, 'value', claim.value, 'edtf', edtf,
  'earliest', earliest, 'latest', latest, 'who', who, 'personStatus', person_status, 'modality', modality,
  'citing', citing, 'url', url, 'publishedOn', published_on, 'seenOn', seen_on,
  'recordedAt', to_char(claim.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'source', json_build_object('slug', source.slug, 'name', source.name), 'sourceClass', source_class,
  'retractedOn', retracted_on, 'retractReason', reason)`)
