/** Every address the site answers, once: read by the server, by robots.txt and by the tests that knock at every door. */
import { isDay } from '@/lib/shared/day'
import { isSlug } from '@/lib/shared/slug'

/** Whose an answer is. */
export type Privacy =
  /** The same for everybody: may be kept by any cache. */
  | 'public'
  /** One person's: kept by none. */
  | 'private'

/** What one client may ask for so often in a second; without one, as often as the machine allows. */
export type LimitName = 'api' | 'list' | 'unknown' | 'feed'

export interface Place {
  /** The address with its parts named: `/shows/{slug}`. */
  pattern: string
  privacy: Privacy
  /** A page for eyes, a face for programs, a form's door, or a file. */
  kind: 'page' | 'face' | 'door' | 'file'
  methods: readonly ('GET' | 'POST')[]
  /** The most bytes a request may bring. */
  bodyBytesMax: number
  /** Kept by the page cache until a tag of it expires. */
  kept: boolean
  /** Says nothing that the database holds: kept as long as this process lives. */
  constant: boolean
  /** Kept no longer than this, whatever expires: for what rests on more than tags say. */
  keptMs?: number
  /** Query parameters that make another answer; all others are left away. Null: the query is the route's own business. */
  reads: readonly string[] | null
  limit: LimitName | null
  /** How long all its questions to the database may take together, unless the usual time is enough. */
  patienceMs?: number
  /** Cookies of which one must be there; without, the reader is sent to sign in. */
  cookies: readonly ('session' | 'basket')[]
  /** Asked by machines that watch over this one: never kept waiting by readers. */
  operating?: boolean
  /** Where a reader without them comes back to. */
  returnTo?: string
  /** A large file that lies in the database in pieces: sent as it is read, by us and not by Next. */
  stored?: boolean
}

/** A form's door takes this much, unless it says more. */
export const BODY_BYTES_MAX = 16_384
/** A list brought along from another service: its door takes 20 MB of a file, and the form around it. */
export const IMPORT_BYTES_MAX = 21_000_000
/** The answers to what was not clear in a list: as many as it had lines. */
export const ANSWERS_BYTES_MAX = 1_600_000

/** Query parameters of a list of shows; lib/lists/browse reads them. */
export const LIST_PARAMETERS = [
  'genre',
  'country',
  'language',
  'network',
  'kind',
  'tag',
  'year',
  'person',
  'status',
  'lamp',
  'sort',
  'cursor',
] as const

/** What was found rests on an index that each process renews in its own time. */
const SEARCH_KEPT_MS = 60_000

/** A change whose writer is still at it, and then gives up, expires nothing: who follows the changes asks again for it. */
const CHANGES_KEPT_MS = 10_000

const NONE = { bodyBytesMax: 0, kept: false, constant: false, reads: [], limit: null, cookies: [] } as const
const READ = ['GET'] as const

const page = (pattern: string, more: Partial<Place> = {}): Place => ({
  ...NONE,
  pattern,
  privacy: 'public',
  kind: 'page',
  methods: READ,
  kept: true,
  ...more,
})
const face = (pattern: string, more: Partial<Place> = {}): Place => page(pattern, { kind: 'face', ...more })
const own = (pattern: string, more: Partial<Place> = {}): Place =>
  page(pattern, { privacy: 'private', kept: false, reads: null, ...more })
const door = (pattern: string, more: Partial<Place> = {}): Place =>
  own(pattern, { kind: 'door', methods: ['POST'], bodyBytesMax: BODY_BYTES_MAX, ...more })
const reading = (pattern: string, more: Partial<Place> = {}): Place => own(pattern, { kind: 'door', ...more })
const file = (pattern: string): Place => page(pattern, { kind: 'file', constant: true })
const stored = (pattern: string): Place =>
  page(pattern, { kind: 'file', kept: false, stored: true, limit: 'feed' })

const SESSION = { cookies: ['session'] } as const
const FOLLOWER = { cookies: ['session', 'basket'] } as const

/** All places. */
export const PLACES: readonly Place[] = [
  page('/'),
  page('/about', { constant: true }),
  page('/api'),
  page('/calendar'),
  page('/calendar/{month}'),
  page('/calendar/{month}/estimates'),
  page('/changes'),
  page('/changes/before/{cursor}'),
  page('/corrections'),
  page('/corrections/before/{cursor}'),
  page('/data'),
  page('/forecasts'),
  page('/search', { keptMs: SEARCH_KEPT_MS, reads: ['q', 'beside'], limit: 'list' }),
  page('/shows', { reads: LIST_PARAMETERS, limit: 'list' }),
  page('/shows/{slug}'),
  page('/shows/{slug}/seasons/{n}'),
  page('/shows/{slug}/suggest'),
  page('/shows/{slug}/suggest/{slug}'),
  page('/sources'),

  face('/opengraph-image', { constant: true }),
  face('/shows/{slug}/opengraph-image'),
  face('/shows/{slug}/seasons/{n}/opengraph-image'),
  face('/shows/{slug}/answer.txt'),
  face('/shows/{slug}/calendar.ics', { reads: ['windows'], limit: 'feed' }),
  face('/shows/{slug}/feed.atom', { limit: 'feed' }),
  face('/shows/{slug}/feed.json', { limit: 'feed' }),
  face('/shows/{slug}/seasons/{n}/calendar.ics', { reads: ['windows'], limit: 'feed' }),
  face('/shows/{slug}/seasons/{n}/feed.atom', { limit: 'feed' }),
  face('/shows/{slug}/seasons/{n}/feed.json', { limit: 'feed' }),
  face('/changes.atom', { limit: 'feed' }),
  face('/changes.ics', { reads: ['windows'], limit: 'feed' }),
  face('/changes.json', { limit: 'feed' }),
  face('/data/manifest.json', { limit: 'api' }),
  face('/forecasts.json', { limit: 'api' }),
  face('/manifest.webmanifest', { constant: true }),
  face('/robots.txt', { constant: true }),
  face('/sitemap.xml'),
  face('/sitemaps/{file}'),
  face('/api/v1/changes', {
    keptMs: CHANGES_KEPT_MS,
    reads: ['since', 'cursor', 'after'],
    limit: 'api',
  }),
  face('/api/v1/openapi.json', { limit: 'api', constant: true }),
  face('/api/v1/search', { keptMs: SEARCH_KEPT_MS, reads: ['q', 'limit', 'covers'], limit: 'api' }),
  face('/api/v1/shows', { reads: LIST_PARAMETERS, limit: 'list' }),
  face('/api/v1/shows/{slug}', { limit: 'api' }),

  own('/feeds/{token}/calendar.ics', { kind: 'face', limit: 'feed' }),
  own('/feeds/{token}/feed.atom', { kind: 'face', limit: 'feed' }),
  own('/feeds/{token}/feed.json', { kind: 'face', limit: 'feed' }),
  own('/follow/asked'),
  own('/follow/confirm/{token}'),
  // Says to nobody how one begins.
  own('/following'),
  own('/following/for-you', FOLLOWER),
  own('/following/import', SESSION),
  own('/following/import/{id}', { ...SESSION, returnTo: '/following/import' }),
  own('/following/{slug}/{n}', { ...FOLLOWER, returnTo: '/following' }),
  own('/mailbox'),
  own('/settings', SESSION),
  own('/settings/notices', FOLLOWER),
  own('/sign-in'),
  own('/sign-in/code'),
  own('/sign-in/confirm/{token}'),
  own('/sign-in/finish'),
  own('/studio/deliveries', SESSION),
  own('/studio/identity', SESSION),
  own('/studio/sources', SESSION),
  own('/studio/wanted', SESSION),
  own('/unsubscribe/{token}'),

  reading('/health', { operating: true }),
  reading('/ready', { operating: true }),
  reading('/metrics', { operating: true }),
  reading('/api/me'),
  reading('/api/me/export'),
  reading('/api/me/follows/export'),
  reading('/api/me/for-you'),
  reading('/api/me/imports/unmatched'),
  reading('/api/me/push/key'),
  reading('/api/auth/session'),
  reading('/api/auth/callback/{provider}'),
  door('/api/auth/code'),
  door('/api/auth/confirm'),
  door('/api/auth/mail'),
  door('/api/auth/passkey/options'),
  door('/api/auth/passkey/register'),
  door('/api/auth/passkey/sign-in'),
  door('/api/auth/sign-out'),
  door('/api/auth/with/{provider}'),
  door('/api/follow-by-mail'),
  door('/api/follow-by-mail/confirm'),
  door('/api/me/channels'),
  door('/api/me/delete'),
  door('/api/me/feeds'),
  door('/api/me/follows'),
  // Reading a list takes its time, and so does following two thousand shows.
  door('/api/me/imports', { bodyBytesMax: IMPORT_BYTES_MAX, patienceMs: 60_000 }),
  door('/api/me/imports/confirm', { bodyBytesMax: ANSWERS_BYTES_MAX, patienceMs: 30_000 }),
  door('/api/me/imports/undo'),
  door('/api/me/looked'),
  door('/api/me/pairs'),
  door('/api/me/passkeys'),
  door('/api/me/push'),
  door('/api/me/sessions'),
  door('/api/me/verdicts'),
  door('/api/me/wanted'),
  door('/api/me/wishes'),
  // Two shows that many follow become one: all their rows move at once.
  door('/api/studio/identity', { patienceMs: 60_000 }),
  door('/api/wanted'),
  door('/api/unsubscribe/{token}', { methods: ['GET', 'POST'] }),

  stored('/data/catalogue.ndjson.gz'),
  stored('/data/claims.ndjson.gz'),
  stored('/data/events.ndjson.gz'),
  stored('/data/{day}/{file}'),
  file('/_next/static/{rest}'),
  file('/icons/{file}'),
  file('/islands/{file}'),
  file('/lamps/{file}'),
  file('/readme/{file}'),
  file('/sw.js'),
  file('/theme.js'),
]

const isMonth = (text: string) => /^\d{4}-(0[1-9]|1[0-2])$/.test(text)
const PARTS: Record<string, (text: string) => boolean> = {
  slug: isSlug,
  n: (text) => /^[1-9]\d{0,2}$|^1000$/.test(text),
  month: isMonth,
  day: isDay,
  cursor: (text) => /^[\w-]{1,200}$/.test(text),
  token: (text) => /^[\w-]{1,200}$/.test(text),
  id: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text),
  provider: (text) => /^[a-z]{1,20}$/.test(text),
  file: (text) => /^[\w.-]{1,120}$/.test(text),
}

interface Branch {
  fixed: Map<string, Branch>
  named: [name: string, branch: Branch][]
  rest?: Place
  place?: Place
}

const branch = (): Branch => ({ fixed: new Map(), named: [] })

/** The places as a tree of parts, so that finding one costs its number of parts. */
function treeOf(places: readonly Place[]): Branch {
  const root = branch()
  for (const place of places) {
    let at = root
    for (const part of place.pattern.split('/').slice(1)) {
      if (part === '') continue
      if (part === '{rest}') {
        at.rest = place
        continue
      }
      const name = /^\{(\w+)\}$/.exec(part)?.[1]
      let next = name ? at.named.find(([known]) => known === name)?.[1] : at.fixed.get(part)
      if (!next) {
        next = branch()
        if (name) at.named.push([name, next])
        else at.fixed.set(part, next)
      }
      at = next
    }
    if (!place.pattern.includes('{rest}')) at.place = place
  }
  return root
}

const TREE = treeOf(PLACES)

function find(at: Branch, parts: string[], i: number): Place | null {
  if (i === parts.length) return at.place ?? null
  const part = parts[i]!
  const fixed = at.fixed.get(part)
  const found = fixed && find(fixed, parts, i + 1)
  if (found) return found
  for (const [name, next] of at.named) {
    const place = PARTS[name]!(part) ? find(next, parts, i + 1) : null
    if (place) return place
  }
  return at.rest ?? null
}

/** The place of a path in normal form; null where the site has nothing, and never had. */
export function placeOf(path: string): Place | null {
  return find(TREE, path === '/' ? [] : path.slice(1).split('/'), 0)
}

/** First parts of the addresses that are one person's: `following`, `settings` … */
export const PRIVATE_PLACES: readonly string[] = [
  ...new Set(
    PLACES.filter(({ privacy, kind }) => privacy === 'private' && kind === 'page').map(
      ({ pattern }) => pattern.split('/')[1]!,
    ),
  ),
]

/**
 * What crawlers must leave alone. A reader's own feeds and calendar are not among it: services that subscribe to them for
 * their reader obey robots.txt, and each answer says itself that it is not to be listed.
 */
export const NOT_FOR_CRAWLERS: readonly string[] = [
  '/api/me',
  '/api/auth/',
  ...PRIVATE_PLACES.map((part) => `/${part}`),
]

/**
 * The query as it counts for a place: the parameters it reads, in one order, the others left away. Two addresses with
 * the same one have the same answer.
 */
export function canonicalQuery({ reads }: Pick<Place, 'reads'>, query: string): string {
  if (reads === null) return query
  if (query === '' || reads.length === 0) return ''
  const given = new URLSearchParams(query)
  const kept = new URLSearchParams()
  for (const name of reads) for (const value of given.getAll(name)) if (value !== '') kept.append(name, value)
  return kept.toString()
}
