/**
 * Wikidata: items one by one, and SPARQL for who is who. CC0. Its robots policy asks for one request at a time and no
 * more than a few a second (https://www.mediawiki.org/wiki/Wikidata_Query_Service/User_Manual#Query_limits).
 */
import { fromEnv } from '@/lib/shared/env'
import { having, unreadable } from '../having'
import type { Ask, Change, Got, Look, Provider } from '../types'
import { parseEntities, parseRows, parseSearch } from './parse'
import { ID_PROPERTIES, namesNeeded, pageOf, toLook } from './to-look'

const OWN = 'https://www.wikidata.org'
const OWN_SPARQL = 'https://query.wikidata.org/sparql'
/** An item in all languages may be large, and the list of all series is. */
const ITEM_BYTES_MAX = 10_000_000
const LIST_BYTES_MAX = 50_000_000
/** The query service gives up after a minute by itself. */
const QUERY_TIMEOUT_MS = 65_000

const base = () => fromEnv('WIKIDATA_URL')?.replace(/\/+$/, '') ?? OWN
const sparql = () => fromEnv('WIKIDATA_SPARQL_URL') ?? OWN_SPARQL

/** The English names of some items. */
async function namesOf(ids: string[], ask: Ask): Promise<Got<Map<string, string>>> {
  if (ids.length === 0) return { ok: true, value: new Map(), etag: null }
  const query = new URLSearchParams({
    action: 'wbgetentities',
    format: 'json',
    props: 'labels',
    languages: 'en|mul',
    ids: ids.join('|'),
  })
  const got = having(await ask(`${base()}/w/api.php?${query}`), parseEntities)
  if (!got.ok) return got
  const named = got.value.flatMap(({ id, labels }) => {
    const name = (labels.en ?? labels.mul)?.value
    return name ? [[id, name] as const] : []
  })
  return { ...got, value: new Map(named) }
}

async function show(id: string, ask: Ask, { etag }: { etag: string | null }): Promise<Got<Look>> {
  const address = `${base()}/wiki/Special:EntityData/${id}.json`
  const got = having(await ask(address, { etag, bytesMax: ITEM_BYTES_MAX }), parseEntities)
  if (!got.ok) return got
  const item = got.value.find((one) => one.id === id)
  if (!item) return unreadable(`entities: ${id} is not among them; it may have become another`)
  const names = await namesOf(namesNeeded(item), ask)
  if (!names.ok)
    return names.kind === 'gone' ? unreadable('the names of its network and country are not there') : names
  const look = toLook(item, names.value)
  return look.ok ? { ...got, value: look.value } : unreadable(look.reason)
}

/** Every item that is a series somewhere, with its ids there and when it was last changed. */
function crosswalk(since: Date | null): string {
  const properties = Object.entries(ID_PROPERTIES).filter(
    ([, [namespace]]) => namespace !== 'imdb' && namespace !== 'mal',
  )
  const values = properties.map(([property, [namespace]]) => `(wdt:${property} "${namespace}")`).join(' ')
  const newer = since ? ` FILTER(?modified > "${since.toISOString()}"^^xsd:dateTime)` : ''
  return `SELECT ?item ?namespace ?value ?modified WHERE { VALUES (?property ?namespace) { ${values} } ?item ?property ?value ; schema:dateModified ?modified .${newer} }`
}

async function changedSince(since: Date | null, ask: Ask): Promise<Got<Change[]>> {
  const address = `${sparql()}?${new URLSearchParams({ query: crosswalk(since), format: 'json' })}`
  const asking = {
    headers: { accept: 'application/sparql-results+json' },
    bytesMax: LIST_BYTES_MAX,
    timeoutMs: QUERY_TIMEOUT_MS,
  }
  const got = having(await ask(address, asking), parseRows)
  if (!got.ok) return got
  const changes = got.value.flatMap(
    ({ item = '', namespace = '', value = '', modified = null }): Change[] => {
      const id = /\/(Q[1-9]\d{0,12})$/.exec(item)?.[1]
      return id ? [{ id, stamp: modified, also: { namespace, value } }] : []
    },
  )
  return { ...got, value: changes }
}

export const wikidata: Provider = {
  name: 'wikidata',
  title: 'Wikidata',
  terms: {
    attribution: 'Wikidata',
    licence: 'CC0',
    url: 'https://www.wikidata.org/wiki/Wikidata:Licensing',
    keptDays: null,
    mayExport: true,
    mayTrain: true,
  },
  rate: { requests: 5, perMs: 5_000 },
  hosts: ['www.wikidata.org', 'query.wikidata.org'],
  base: () => [
    { address: base(), own: fromEnv('WIKIDATA_URL') === undefined },
    { address: sparql(), own: fromEnv('WIKIDATA_SPARQL_URL') === undefined },
  ],
  lacks: () => null,
  ids: ['wikidata', ...Object.values(ID_PROPERTIES).map(([namespace]) => namespace)],
  takesAll: false,
  hasSeveral: false,
  isId: (text) => /^Q[1-9]\d{0,12}$/.test(text),
  pageOf,
  show,
  changedSince,
  async search(title, ask) {
    const query = new URLSearchParams({
      action: 'wbsearchentities',
      format: 'json',
      language: 'en',
      type: 'item',
      limit: '20',
      search: title,
    })
    const got = having(await ask(`${base()}/w/api.php?${query}`), parseSearch)
    return got.ok ? { ...got, value: got.value.map((one) => ({ ...one, year: null })) } : got
  },
}
