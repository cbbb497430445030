import { type Format, type Ids, type ListRow, NAMESPACES, type Parsed, type Sheet } from '../types'
import { at, idsOf, kindOf, nameIn, ODD, Rows, seasonOf, stateOf, titleOf, yearOf } from './scalars'
import { namedWithYear } from './tvtime'

const words = (list: string) => list.split(', ')
/** What people call a column of titles, as spreadsheets in the languages of most readers write it. */
const TITLE = words(
  'title, name, show, series, titel, titre, título, titulo, titolo, tytuł, название, serie, série, タイトル, 제목, 标题, 片名, शीर्षक, original_title, original title, original_name',
)
const SHOW = words(
  'show_name, series_name, show name, series name, show title, series title, show_title, series_title, showtitle, tv show',
)
const EPISODE = words('episode, episode_number, episode number, episode title, episode_title, episode name')
const TYPE = words('type, kind, media_type, mediatype, title type, media')
const YEAR = words(
  'year, release_year, first_aired, premiered, first_air_date, release_date, jahr, année, año, ano, anno',
)
const PART = /^(season|episode|tvepisode)$/i
const ids = (name: string) => [`${name}_id`, name, `${name} id`, `${name}id`]
/** Those whose numbers people write down; our own slugs and Bangumi's are read elsewhere. */
const SITES = NAMESPACES.filter((name) => name !== 'greenlit' && name !== 'bangumi')
const ALSO: Partial<Record<(typeof SITES)[number], string[]>> = {
  tvdb: ['thetvdb', 'thetvdb_id'],
  tmdb: ['themoviedb', 'themoviedb_id'],
  imdb: ['const', 'imdb_url', 'url', 'tconst'],
  mal: ['myanimelist', 'idmal', 'mal_url'],
}
const KNOWN = new Set([...TITLE, ...SHOW, ...SITES.flatMap((site) => [...ids(site), ...(ALSO[site] ?? [])])])
KNOWN.delete('url')

/**
 * Takes a title from fields that are called as people call them. Of an episode its show counts, which another column names:
 * its own name and ids are not the show's.
 */
function takeRow(
  rows: Rows,
  get: (...names: string[]) => unknown,
  line: number,
  more: Partial<ListRow> = {},
) {
  const type = get(...TYPE)
  const part = PART.exec(String(type ?? ''))?.[1]
  const ofEpisode = part || get(...EPISODE) ? ['show', 'series'] : []
  const show = namedWithYear(get(...SHOW, ...ofEpisode))
  const named = show.title ? show : namedWithYear(get(...TITLE))
  if (part && !show.title) {
    const what = /season/i.test(part) ? 'a season' : 'an episode'
    rows.refuse(line, named.title, `It is ${what}, and the list does not say of which show.`)
    return
  }
  const found = SITES.map((site) => [site, get(...ids(site), ...(ALSO[site] ?? []))])
  rows.add(
    {
      ...named,
      year: part ? null : (yearOf(get(...YEAR)) ?? named.year),
      ids: part ? {} : idsOf({ ...Object.fromEntries(found), greenlit: get('greenlit') }),
      kind: part ? 'show' : kindOf(type),
      season: seasonOf(get('season', 'season_number', 'last_season')),
      state: stateOf(get('status', 'state', 'watch_status')),
      ...more,
    },
    line,
  )
}

/** Pages of sites that a link in a list may lead to, and whose ids stand in their addresses. */
const LINKS: [link: RegExp, site: keyof Ids][] = [
  [/imdb\.com\/(?:\w{2}\/)?title\/(tt\d+)/i, 'imdb'],
  [/(?:themoviedb|tmdb)\.org\/tv\/(\d+)/i, 'tmdb'],
  [/thetvdb\.com\/.*?[?&]id=(\d+)/i, 'tvdb'],
  [/thetvdb\.com\/dereferrer\/series\/(\d+)/i, 'tvdb'],
  [/tvmaze\.com\/shows\/(\d+)/i, 'tvmaze'],
  [/myanimelist\.net\/anime\/(\d+)/i, 'mal'],
  [/anilist\.co\/anime\/(\d+)/i, 'anilist'],
  [/anidb\.net\/(?:anime\/|a)(\d+)/i, 'anidb'],
  [/simkl\.com\/(?:tv|anime)\/(\d+)/i, 'simkl'],
]
const PREFIXED = /^(tvdb|tmdb|imdb|tvmaze|trakt|simkl|mal|anilist|anidb|kitsu)\s*[:#-]\s*(tt\d+|\d+)$/i

/** The ids that a text is nothing but: `tt0903747`, `tvdb:81189`, a link to a show's page. */
function bareIds(text: string): Ids {
  const [, site, id] = PREFIXED.exec(text) ?? []
  if (site) return idsOf({ [site.toLowerCase()]: id })
  if (/^tt\d{5,10}$/.test(text)) return idsOf({ imdb: text })
  if (!/^(?:https?:\/\/|www\.)\S+$/i.test(text)) return {}
  const link = LINKS.map(([pattern, where]) => [where, pattern.exec(text)?.[1]] as const).find(
    ([, found]) => found,
  )
  return link ? idsOf({ [link[0]]: link[1] }) : {}
}

/** What a line or a text of a list means: ids, or a name and perhaps its year. */
function bareRow(text: string): Partial<ListRow> {
  const found = bareIds(text)
  if (Object.keys(found).length > 0) return { ids: found, kind: 'unsaid' }
  const [, before, year] = /^(.+?)\s*[,;\t]\s*(\d{4})$/.exec(text) ?? []
  return before && yearOf(year)
    ? { title: titleOf(before), year: yearOf(year), kind: 'unsaid' }
    : { ...namedWithYear(text), kind: 'unsaid' }
}

const BULLET = /^\s*(?:[-*•–]|\[[ x]\]|\d{1,4}[.)])\s+(?=\S)/i
const BARE_CHARACTERS_MAX = 200

/**
 * A text without a header, a title or an id on each line. Null where most lines are longer than names are, or are cut into
 * fields as a sheet's are. A comma of a title's own parts nothing.
 */
export function bareList({ lines }: Pick<Sheet, 'lines'>): Parsed | null {
  const read = [...lines].map(({ line, fields }) => {
    const filled = fields.filter((field) => field !== '')
    const text = filled.join(', ')
    const isShort = text.length <= BARE_CHARACTERS_MAX
    return { line, text, isShort, isWhole: isShort && (filled.length <= 1 || yearOf(filled[1]) !== null) }
  })
  if (read.filter(({ isWhole }) => isWhole).length * 2 <= read.length) return null
  const bulleted = read.every(({ text }) => BULLET.test(text))
  const rows = new Rows()
  for (const { line, text, isShort } of read) {
    const name = bulleted ? text.replace(BULLET, '') : text
    if (isShort && /[\p{L}\p{N}]/u.test(name)) rows.add(bareRow(name), line)
    else if (name !== '') rows.refuse(line, titleOf(name), 'It is no title and no id.')
  }
  return rows.rows.length > 0 ? rows : null
}

/** What an object of a list calls its fields by, its `ids` and what it wraps among them. */
function fieldsOf(item: unknown): Map<string, unknown> {
  const fields = new Map<string, unknown>()
  const take = (value: unknown, suffix = '') => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    for (const [key, given] of Object.entries(value)) {
      // A show with several numbers at one site is the same by any of them.
      const field = suffix && Array.isArray(given) ? given[0] : given
      const name = `${key.toLowerCase()}${suffix}`
      if ((typeof field === 'string' || typeof field === 'number') && !fields.has(name))
        fields.set(name, field)
    }
  }
  take(item)
  take(at(item, 'ids'), '_id')
  for (const key of ['show', 'series', 'media', 'content', 'movie', 'tv']) {
    take(at(item, key))
    take(at(item, key, 'ids'), '_id')
  }
  return fields
}

const getOf =
  (fields: Map<string, unknown>) =>
  (...names: string[]) =>
    names
      .map((name) => fields.get(name))
      .find((field) => field !== undefined && field !== null && field !== '')

/** What a list is called inside an object that holds it. */
const HOLDERS =
  /^(items|entries|shows?|series|titles|lists?|tv|tv_?shows|anime|movies|films|results|watchlist|watched|data|library|favou?rites)$/i
const NESTED_MAX = 4

/** The items of a JSON file of nobody's, each with the name of the list it is in: lists may lie in objects, and in lists. */
function* itemsIn(value: unknown, name = '', depth = 0): Generator<{ item: unknown; name: string }> {
  const items = Array.isArray(value) ? value : [value]
  for (const item of items) {
    const held =
      typeof item === 'object' && item !== null && !Array.isArray(item) && depth < NESTED_MAX
        ? Object.entries(item).filter(
            ([key, part]) =>
              (HOLDERS.test(key) && typeof part === 'object' && part !== null && holdsItems(part)) ||
              (depth === 0 && !Array.isArray(value) && Array.isArray(part)),
          )
        : []
    if (held.length > 0) for (const [key, part] of held) yield* itemsIn(part, key, depth + 1)
    else if (Array.isArray(value)) yield { item, name }
  }
}

/** True for a list of objects, or an object around one; "show" is more often one title. */
const holdsItems = (part: object): boolean =>
  Array.isArray(part)
    ? part.some((item) => typeof item === 'object' && item !== null)
    : Object.entries(part).some(([key, inner]) => HOLDERS.test(key) && Array.isArray(inner))

function jsonList(value: unknown): Parsed | null {
  const rows = new Rows()
  let line = 0
  for (const { item, name } of itemsIn(value)) {
    line++
    // A list of words inside an object may be of anything.
    if (typeof item === 'string' && name === '') rows.add(bareRow(titleOf(item) ?? ''), line)
    else if (typeof item === 'object' && item !== null) {
      const film = at(item, 'movie') !== undefined || /^(movies?|films?)$/i.test(name)
      const show = at(item, 'show') !== undefined
      takeRow(rows, getOf(fieldsOf(item)), line, film ? { kind: 'film' } : show ? { kind: 'show' } : {})
      for (const row of rows.unreadable.slice(-1)) if (row.line === line) row.title ??= nameIn(item)
    } else rows.refuse(line, titleOf(item), ODD)
  }
  return rows.rows.length > 0 ? rows : null
}

/** Any list with titles or ids in it: from another service, or written by hand. */
export const plain: Format = {
  service: 'A list of titles',
  get: 'A CSV or JSON file with “title”; “year”, “season” and ids (“imdb_id”, “tvdb_id”, “tmdb_id”, “mal_id” …) help. Or a text file: a title, an id or a link on each line.',
  entries: /(^|\/)(shows|series|list|watchlist|mylist|my[ _-]list)\.(csv|txt|json)$/,
  json: jsonList,
  sheet({ header, rows: lines }) {
    if (!header.some((name) => KNOWN.has(name))) return null
    const rows = new Rows()
    for (const { get, line } of lines) takeRow(rows, get, line)
    return rows
  },
}
