/**
 * TMDB: a token, JSON, some 40 requests a second at most (https://developer.themoviedb.org/docs/rate-limiting); we stay
 * far below. Its terms (https://www.themoviedb.org/api-terms-of-use): attribution in the words below, nothing kept for
 * longer than six months, no passing on, no training.
 */
import { fromEnv } from '@/lib/shared/env'
import { having, unreadable } from '../having'
import type { Ask, Asking, Change, Got, Look, Provider } from '../types'
import { parseChanges, parseSearch, parseSeries } from './parse'
import { pageOf, toLook } from './to-look'

const OWN = 'https://api.themoviedb.org'
const DAY_MS = 86_400_000
/** A call about changes reaches over at most so many days. */
const CHANGES_DAYS_MAX = 14
/** Farther back than that the shows we know are asked one by one. */
const CALLS_MAX = 6
const PAGES_MAX = 500

const base = () => (fromEnv('TMDB_URL')?.replace(/\/+$/, '') ?? OWN).replace(/\/3$/, '')

/** The address and head of a call. An old key of 32 digits goes into the query, a token into the head. */
function call(path: string, query: Record<string, string>): [string, Asking] {
  const token = fromEnv('TMDB_TOKEN') ?? ''
  const isKey = /^[0-9a-f]{32}$/.test(token)
  const words = new URLSearchParams({ ...query, ...(isKey ? { api_key: token } : {}) })
  const tail = words.size > 0 ? `?${words}` : ''
  return [`${base()}/3${path}${tail}`, isKey ? {} : { headers: { authorization: `Bearer ${token}` } }]
}

const APPENDED = [
  'aggregate_credits',
  'external_ids',
  'keywords',
  'translations',
  'alternative_titles',
  'watch/providers',
]

async function show(id: string, ask: Ask, { etag }: { etag: string | null }): Promise<Got<Look>> {
  const [address, asking] = call(`/tv/${id}`, { append_to_response: APPENDED.join(',') })
  const got = having(await ask(address, { ...asking, etag }), parseSeries)
  if (!got.ok) return got
  if (String(got.value.id) !== id) return unreadable(`id: is ${got.value.id}, where ${id} was asked`)
  if (got.value.adult) return unreadable('for adults only: it is not taken in')
  return { ...got, value: toLook(got.value) }
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** The ids that changed, from fortnights of pages; null where that is too long ago to be asked. */
async function changedSince(since: Date | null, ask: Ask, now: Date): Promise<Got<Change[] | null>> {
  const nothing = { ok: true, value: null, etag: null } as const
  if (!since || now.getTime() - since.getTime() > CALLS_MAX * CHANGES_DAYS_MAX * DAY_MS) return nothing
  const ids = new Set<string>()
  // From a day before: the days are TMDB's own, and nobody says in which zone.
  for (let from = since.getTime() - DAY_MS; from < now.getTime(); from += CHANGES_DAYS_MAX * DAY_MS) {
    const to = Math.min(from + CHANGES_DAYS_MAX * DAY_MS, now.getTime())
    for (let page = 1, pages = 1; page <= Math.min(pages, PAGES_MAX); page++) {
      const [address, asking] = call('/tv/changes', {
        start_date: dayOf(from),
        end_date: dayOf(to),
        page: String(page),
      })
      const got = having(await ask(address, asking), parseChanges)
      if (!got.ok) return got
      pages = got.value.total_pages
      for (const { id } of got.value.results) ids.add(String(id))
    }
  }
  return { ok: true, value: [...ids].map((id) => ({ id, stamp: null })), etag: null }
}

export const tmdb: Provider = {
  name: 'tmdb',
  title: 'TMDB',
  terms: {
    attribution: 'This product uses the TMDB API but is not endorsed or certified by TMDB.',
    licence: 'TMDB API terms of use',
    url: 'https://www.themoviedb.org/api-terms-of-use',
    keptDays: 180,
    mayExport: false,
    mayTrain: false,
  },
  rate: { requests: 20, perMs: 1_000 },
  hosts: ['api.themoviedb.org'],
  base: () => [{ address: base(), own: fromEnv('TMDB_URL') === undefined }],
  lacks: () =>
    fromEnv('TMDB_TOKEN') === undefined
      ? 'TMDB is asked with a token: set TMDB_TOKEN (.env.example says which)'
      : null,
  ids: ['tmdb', 'imdb', 'tvdb', 'wikidata'],
  takesAll: false,
  hasSeveral: false,
  isId: (text) => /^[1-9]\d{0,9}$/.test(text),
  pageOf,
  show,
  changedSince,
  async search(title, ask) {
    const got = having(await ask(...call('/search/tv', { query: title })), parseSearch)
    if (!got.ok) return got
    const found = got.value.results.map(({ id, name, first_air_date: first }) => ({
      id: String(id),
      title: name,
      year: first ? Number(first.slice(0, 4)) : null,
    }))
    return { ...got, value: found }
  },
}
