import 'server-only'
import { and, eq, gt, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { listImport, listImportRow } from '@/db/schema/list-import'
import type { Viewer } from '@/lib/accounts/types'
import { csvOf } from '@/lib/shared/csv'
import type { Day } from '@/lib/shared/day'
import type { SeasonStatusWord, ShowStatusWord } from '@/lib/status/types'
import { waitsForRevival } from '@/lib/status/waiting'
import { UNMATCHED } from './judge'
import { idWords, plainAnswer } from './rules'
import type { Candidate, ImportPage, OpenImport, PlannedSeason, Question } from './types'

const NO_SEASON = 'We know the show, but not the season there is to follow.'

interface ShowRow extends Record<string, unknown> {
  id: number
  slug: string
  title: string
  original_title: string | null
  kind: string
  genres: string[]
  country: string | null
  year: number | null
  next_season: number | null
  status: ShowStatusWord
  /** The seasons on record, each with how it stands. */
  seasons: Record<number, SeasonStatusWord> | null
}

async function readShows(ids: number[]): Promise<Map<number, ShowRow>> {
  if (ids.length === 0) return new Map()
  const rows = await db().execute<ShowRow>(sql`
    select s.id, s.slug, s.title, s.original_title, s.kind, s.country, t.next_season,
           array(select g.name from show_tag st join tag g on g.id = st.tag_id
             where st.show_id = s.id and g.kind = 'genre' order by st.position) as genres,
           coalesce(t.status, 'unknown') as status,
           (select json_object_agg(n.number, coalesce(st.status, 'unannounced')) from season n
             left join season_state st on st.season_id = n.id where n.show_id = s.id) as seasons,
           (select extract(year from min(n.premiere_earliest))::int from season n where n.show_id = s.id) as year
      from show s left join show_state t on t.show_id = s.id
     where s.id = any(${sql.param(ids)}::int[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The seasons some rows lead to, as "show number", that the reader follows already. */
async function readFollowed(readerId: string): Promise<Set<string>> {
  const rows = await db().execute<{ show_id: number; number: number }>(sql`
    select n.show_id, n.number from follow f join season n on n.id = f.season_id where f.reader_id = ${readerId}`)
  return new Set(rows.map(({ show_id, number }) => `${show_id} ${number}`))
}

const IMPORT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** True for what could be an import's id. */
export const isImportId = (text: string): boolean => IMPORT_ID.test(text)

async function readImport(viewer: Viewer, id: string, now: Date) {
  if (!isImportId(id)) return undefined
  const [found] = await db()
    .select()
    .from(listImport)
    .where(and(eq(listImport.id, id), eq(listImport.readerId, viewer.id), gt(listImport.expiresAt, now)))
  return found
}

const readRows = (importId: string) =>
  db()
    .select()
    .from(listImportRow)
    .where(eq(listImportRow.importId, importId))
    .orderBy(listImportRow.position)

type StoredRow = Awaited<ReturnType<typeof readRows>>[number]

const drafted = ({ position, title, year, season, ids }: StoredRow) => ({
  position,
  title: title ?? (idWords(ids) || 'A row without a title'),
  year,
  season,
  ids: idWords(ids),
})

/** One of the viewer's own imports, for its page; null for another's, an expired one, and what never was. */
export async function getImport(viewer: Viewer, id: string, now: Date): Promise<ImportPage | null> {
  const found = await readImport(viewer, id, now)
  if (!found) return null
  const rows = await readRows(id)
  const [shows, followed, [counts]] = await Promise.all([
    readShows([
      ...new Set(rows.flatMap((row) => [row.showId ?? [], row.candidates.map((c) => c.show)].flat())),
    ]),
    readFollowed(viewer.id),
    db().execute<{ standing: number }>(
      sql`select count(*)::int as standing from list_import_follow where import_id = ${id}`,
    ),
  ])
  const page: ImportPage = {
    id,
    service: found.service,
    fileName: found.fileName,
    state: found.undoneAt ? 'undone' : found.confirmedAt ? 'done' : 'draft',
    createdAt: found.createdAt.toISOString(),
    expiresAt: found.expiresAt.toISOString(),
    toFollow: [],
    already: [],
    waiting: [],
    questions: [],
    unmatched: [],
    leftOut: [],
    standing: counts?.standing ?? 0,
  }
  const planned = new Set<string>()
  for (const row of rows) {
    const base = drafted(row)
    const theShow = row.showId === null ? undefined : shows.get(row.showId)
    const season = row.wanted ?? theShow?.next_season
    if (row.verdict === 'left-out') page.leftOut.push({ ...base, reason: row.reason ?? '' })
    else if (theShow && season && theShow.seasons?.[season]) {
      const key = `${theShow.id} ${season}`
      if (planned.has(key)) continue
      planned.add(key)
      const { slug, title } = theShow
      const forRevival = waitsForRevival(theShow, theShow.seasons[season])
      const line: PlannedSeason = { ...base, show: { slug, title, season, forRevival } }
      const where = followed.has(key)
        ? page.already
        : row.verdict === 'waiting'
          ? page.waiting
          : page.toFollow
      where.push(line)
    } else if (theShow) page.unmatched.push({ ...base, reason: NO_SEASON })
    else if (row.verdict === 'question') page.questions.push(question(base, row, shows))
    else page.unmatched.push({ ...base, reason: row.reason ?? UNMATCHED })
  }
  return page
}

function question(base: ReturnType<typeof drafted>, row: StoredRow, shows: Map<number, ShowRow>): Question {
  const candidates = row.candidates.flatMap(({ show: id, matched }): Candidate[] => {
    const found = shows.get(id)
    if (!found) return []
    const { slug, title, original_title: originalTitle, kind, genres, year, country } = found
    return [{ slug, title, originalTitle, kind, genres, year, country, matched }]
  })
  return { ...base, candidates, plain: plainAnswer(row, (id) => shows.get(id)?.year ?? null) !== null }
}

/** The viewer's imports that wait for an answer, or for room, newest first. */
export async function listOpenImports(viewer: Viewer, now: Date): Promise<OpenImport[]> {
  const rows = await db().execute<{
    id: string
    service: string
    file: string
    open: number
    waiting: number
    until: Day
  }>(sql`
    select i.id, i.service, i.file_name as file, to_char(i.expires_at at time zone 'UTC', 'YYYY-MM-DD') as until,
           count(*) filter (where r.verdict = 'question' and r.show_id is null)::int as open,
           count(*) filter (where r.verdict = 'waiting')::int as waiting
      from list_import i join list_import_row r on r.import_id = i.id
     where i.reader_id = ${viewer.id} and i.expires_at > ${sql.param(now, listImport.expiresAt)} and i.undone_at is null
     group by i.id order by i.created_at desc`)
  return [...rows].filter(({ open, waiting }) => open + waiting > 0)
}

/** What an import could not place, as CSV to be mended and brought again; null where the viewer has no such import. */
export async function unmatchedCsv(viewer: Viewer, id: string, now: Date): Promise<string | null> {
  const found = await readImport(viewer, id, now)
  if (!found) return null
  const rows = (await readRows(id)).filter((row) => row.showId === null && row.verdict !== 'left-out')
  const namespaces = [...new Set(rows.flatMap(({ ids }) => Object.keys(ids)))].sort()
  return csvOf(
    ['title', 'year', 'season', ...namespaces.map((namespace) => `${namespace}_id`), 'reason'],
    rows.map((row) => [
      row.title,
      row.year,
      row.season,
      ...namespaces.map((namespace) => row.ids[namespace] ?? null),
      row.verdict === 'question'
        ? 'The question which show it is was not answered.'
        : (row.reason ?? UNMATCHED),
    ]),
  )
}
