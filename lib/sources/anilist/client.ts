/**
 * AniList: GraphQL, no key for what everybody may read, 90 requests a minute and often 30
 * (https://docs.anilist.co/guide/rate-limiting). Its terms (https://docs.anilist.co/guide/terms-of-use) allow use that does
 * not compete and no hoarding: what it says is shown with a link and kept out of exports.
 */
import { fromEnv } from '@/lib/shared/env'
import { having, unreadable } from '../having'
import type { Ask, Change, Got, Look, Provider } from '../types'
import { parseAnswer, parseChanged, parseFound } from './parse'
import { edtfOf, pageOf, toLook } from './to-look'

const OWN = 'https://graphql.anilist.co'
const PAGES_MAX = 200

const base = () => fromEnv('ANILIST_URL') ?? OWN

const MEDIA = `query ($id: Int) { Media(id: $id, type: ANIME) {
  id idMal title { romaji english native } format status startDate { year month day } endDate { year month day }
  season seasonYear episodes duration countryOfOrigin source(version: 3) isAdult genres synonyms
  tags { name rank isMediaSpoiler isGeneralSpoiler isAdult } averageScore updatedAt
  nextAiringEpisode { airingAt episode } relations { edges { relationType node { id type format } } }
} }`
const CHANGED = `query ($page: Int) { Page(page: $page, perPage: 50) { pageInfo { hasNextPage }
  media(type: ANIME, sort: UPDATED_AT_DESC) { id updatedAt } } }`
const FOUND = `query ($search: String) { Page(page: 1, perPage: 20) {
  media(type: ANIME, search: $search) { id title { romaji english native } startDate { year month day } } } }`

async function show(id: string, ask: Ask): Promise<Got<Look>> {
  const got = having(
    await ask(base(), { body: { query: MEDIA, variables: { id: Number(id) } } }),
    parseAnswer,
  )
  if (!got.ok) return got
  if (String(got.value.id) !== id) return unreadable(`id: is ${got.value.id}, where ${id} was asked`)
  const look = toLook(got.value)
  return look.ok ? { ...got, value: look.value } : unreadable(look.reason)
}

/** Newest changes first, until they are older than the last run; without one the shows we know are asked. */
async function changedSince(since: Date | null, ask: Ask): Promise<Got<Change[] | null>> {
  if (!since) return { ok: true, value: null, etag: null }
  const changes: Change[] = []
  for (let page = 1; page <= PAGES_MAX; page++) {
    const got = having(await ask(base(), { body: { query: CHANGED, variables: { page } } }), parseChanged)
    if (!got.ok) return got
    const { media, pageInfo } = got.value.data.Page
    const fresh = media.filter(({ updatedAt }) => (updatedAt ?? 0) * 1000 >= since.getTime())
    changes.push(
      ...fresh.map(({ id, updatedAt }) => ({ id: String(id), stamp: updatedAt ? String(updatedAt) : null })),
    )
    if (fresh.length < media.length || !pageInfo.hasNextPage) break
  }
  return { ok: true, value: changes, etag: null }
}

export const anilist: Provider = {
  name: 'anilist',
  title: 'AniList',
  terms: {
    attribution: 'AniList',
    licence: 'AniList API terms of use',
    url: 'https://docs.anilist.co/guide/terms-of-use',
    keptDays: null,
    mayExport: false,
    mayTrain: false,
  },
  rate: { requests: 25, perMs: 60_000 },
  hosts: ['graphql.anilist.co'],
  base: () => [{ address: base(), own: fromEnv('ANILIST_URL') === undefined }],
  lacks: () => null,
  ids: ['anilist', 'mal'],
  takesAll: false,
  hasSeveral: true,
  isId: (text) => /^[1-9]\d{0,9}$/.test(text),
  pageOf,
  show,
  changedSince,
  async search(title, ask) {
    const got = having(
      await ask(base(), { body: { query: FOUND, variables: { search: title } } }),
      parseFound,
    )
    if (!got.ok) return got
    const found = got.value.data.Page.media.map(({ id, title: names, startDate }) => ({
      id: String(id),
      title: names.english ?? names.romaji ?? names.native ?? String(id),
      year: Number(edtfOf(startDate)?.slice(0, 4)) || null,
    }))
    return { ...got, value: found }
  },
}
