/**
 * TVmaze: no key, JSON, "at least 20 calls every 10 seconds" a client, answers cached for an hour
 * (https://www.tvmaze.com/api, "Rate limiting" and "Licensing").
 */
import { fromEnv } from '@/lib/shared/env'
import { having, unreadable } from '../having'
import type { Ask, Change, Got, Look, Provider } from '../types'
import {
  parseEpisodes,
  parseSchedule,
  parseSearch,
  parseSeasons,
  parseShow,
  parseUpdates,
  type TvmazeScheduled,
} from './parse'
import { pageOf, toLook } from './to-look'

const OWN = 'https://api.tvmaze.com'
/** The list of all shows with their last change is about 1.5 MB. */
const LIST_BYTES_MAX = 50_000_000
const DAY_MS = 86_400_000

const base = () => fromEnv('TVMAZE_URL')?.replace(/\/+$/, '') ?? OWN
const at = (path: string) => `${base()}${path}`

const WITH = '?embed[]=seasons&embed[]=episodes&embed[]=cast&embed[]=akas'

async function show(id: string, ask: Ask, { etag }: { etag: string | null }): Promise<Got<Look>> {
  const got = having(await ask(at(`/shows/${id}${WITH}`), { etag }), parseShow)
  if (!got.ok) return got
  if (String(got.value.id) !== id) return unreadable(`id: is ${got.value.id}, where ${id} was asked`)
  const { seasons, episodes } = got.value._embedded ?? {}
  if (seasons || episodes) return { ...got, value: toLook(got.value) }
  // A server that embeds nothing is asked for the lists.
  const listed = having(await ask(at(`/shows/${id}/seasons`)), parseSeasons)
  if (!listed.ok) return listed.kind === 'gone' ? { ...got, value: toLook(got.value) } : listed
  const shown = having(await ask(at(`/shows/${id}/episodes`)), parseEpisodes)
  if (!shown.ok && shown.kind !== 'gone') return shown
  const embedded = {
    ...got.value._embedded,
    seasons: listed.value,
    ...(shown.ok ? { episodes: shown.value } : {}),
  }
  return { ...got, value: toLook({ ...got.value, _embedded: embedded }) }
}

/** The widest of TVmaze's spans that reaches back far enough; none for everything. */
function spanOf(since: Date | null, now: Date): string {
  const days = since ? (now.getTime() - since.getTime()) / DAY_MS : Number.POSITIVE_INFINITY
  return days < 1 ? '?since=day' : days < 7 ? '?since=week' : days < 28 ? '?since=month' : ''
}

async function changedSince(since: Date | null, ask: Ask, now: Date): Promise<Got<Change[]>> {
  const got = having(
    await ask(at(`/updates/shows${spanOf(since, now)}`), { bytesMax: LIST_BYTES_MAX }),
    parseUpdates,
  )
  if (!got.ok) return got
  return { ...got, value: Object.entries(got.value).map(([id, changed]) => ({ id, stamp: String(changed) })) }
}

/** The episodes of a day: those of streaming services everywhere, or those of a country's networks (ISO 3166-1). */
export async function schedule(
  day: string,
  where: 'web' | string,
  ask: Ask,
): Promise<Got<TvmazeScheduled[]>> {
  const path = where === 'web' ? `/schedule/web?date=${day}` : `/schedule?country=${where}&date=${day}`
  return having(await ask(at(path)), parseSchedule)
}

export const tvmaze: Provider = {
  name: 'tvmaze',
  title: 'TVmaze',
  terms: {
    attribution: 'TVmaze',
    licence: 'CC BY-SA 4.0',
    url: 'https://www.tvmaze.com/api#licensing',
    keptDays: null,
    mayExport: true,
    mayTrain: true,
  },
  rate: { requests: 20, perMs: 10_000 },
  hosts: ['api.tvmaze.com'],
  base: () => [{ address: base(), own: fromEnv('TVMAZE_URL') === undefined }],
  lacks: () => null,
  takesAll: true,
  hasSeveral: false,
  ids: ['tvmaze', 'tvdb', 'imdb'],
  isId: (text) => /^[1-9]\d{0,9}$/.test(text),
  pageOf,
  show,
  changedSince,
  async search(title, ask) {
    const got = having(await ask(at(`/search/shows?q=${encodeURIComponent(title)}`)), parseSearch)
    if (!got.ok) return got
    const found = got.value.map(({ show: one }) => ({
      id: String(one.id),
      title: one.name,
      year: one.premiered ? Number(one.premiered.slice(0, 4)) : null,
    }))
    return { ...got, value: found }
  },
}
