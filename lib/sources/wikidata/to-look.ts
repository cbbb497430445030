/**
 * From an item of Wikidata to what it says of a show: who else knows it by which id, its original network and country,
 * its beginning and end with the precision they are given. Anybody may edit an item, so its dates come late in trust
 * (lib/catalogue/facts). Pure.
 */

import type { OutsideIds } from '@/lib/catalogue/ids'
import { countryOf, networkOf } from '@/lib/catalogue/words'
import { dayOf } from '@/lib/shared/day'
import { parseEdtf } from '@/lib/shared/edtf'
import { aliasesOf, nameOf } from '../fields'
import type { Look, Read } from '../types'
import type { WikidataEntity } from './parse'

/** Properties that are ids of series elsewhere, with the namespaces they go by here and the form of an id. */
export const ID_PROPERTIES = {
  P8600: ['tvmaze', /^[1-9]\d{0,9}$/],
  P4983: ['tmdb', /^[1-9]\d{0,9}$/],
  P4835: ['tvdb', /^[1-9]\d{0,9}$/],
  P345: ['imdb', /^tt\d{5,10}$/],
  P8729: ['anilist', /^[1-9]\d{0,9}$/],
  P4086: ['mal', /^[1-9]\d{0,9}$/],
} as const satisfies Record<string, readonly [string, RegExp]>

const NETWORK = 'P449'
const COUNTRY = 'P495'
const [START, END, SEASONS] = ['P580', 'P582', 'P2437']

/** The values of a property that count: those preferred, else all but the deprecated (Wikibase: "best rank"). */
function valuesOf({ claims }: WikidataEntity, property: string): unknown[] {
  const given = (Object.hasOwn(claims, property) ? claims[property] : undefined) ?? []
  const live = given.filter(({ rank, mainsnak }) => rank !== 'deprecated' && mainsnak.snaktype === 'value')
  const preferred = live.filter(({ rank }) => rank === 'preferred')
  return (preferred.length > 0 ? preferred : live).map(({ mainsnak }) => mainsnak.datavalue?.value)
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined

/** The items a property points to. */
const itemsOf = (entity: WikidataEntity, property: string): string[] =>
  valuesOf(entity, property).flatMap((value) => {
    const id = field(value, 'id')
    return typeof id === 'string' && /^Q[1-9]\d{0,12}$/.test(id) ? [id] : []
  })

/** Wikibase's precisions: 11 a day, 10 a month, 9 a year; wider ones say nothing of a premiere. */
export function edtfOf(value: unknown): string | null {
  const [time, precision] = [field(value, 'time'), field(value, 'precision')]
  const match = typeof time === 'string' ? /^\+(\d{4})-(\d\d)-(\d\d)T/.exec(time) : null
  if (!match) return null
  const [, year, month, day] = match
  const text = { 11: `${year}-${month}-${day}`, 10: `${year}-${month}`, 9: year }[String(precision)]
  return text && parseEdtf(text).ok ? text : null
}

/** The items whose names are needed to read an item: its network and its country. */
export const namesNeeded = (entity: WikidataEntity): string[] => [
  ...itemsOf(entity, NETWORK).slice(0, 1),
  ...itemsOf(entity, COUNTRY).slice(0, 1),
]

/** An item's page there. */
export const pageOf = (id: string): string => `https://www.wikidata.org/wiki/${id}`

/** All that an item says; `names`: English names of the items it points to. Not every item is a series. */
export function toLook(entity: WikidataEntity, names: ReadonlyMap<string, string>): Read<Look> {
  const ids: OutsideIds = { wikidata: entity.id }
  for (const [property, [namespace, form]] of Object.entries(ID_PROPERTIES)) {
    const own = valuesOf(entity, property).filter(
      (one): one is string => typeof one === 'string' && form.test(one),
    )
    if (own[0]) ids[namespace] = namespace === 'anilist' || namespace === 'mal' ? own.slice(0, 50) : own[0]
  }
  if (Object.keys(ids).length === 1)
    return { ok: false, reason: 'is no series: no service that lists series knows it' }
  const label = (language: string) =>
    Object.hasOwn(entity.labels, language) ? entity.labels[language]?.value : null
  const title = nameOf(label('en') ?? label('mul') ?? Object.values(entity.labels)[0]?.value)
  if (title === null) return { ok: false, reason: 'labels: there is none' }
  const nameOfFirst = (property: string) => names.get(itemsOf(entity, property)[0] ?? '') ?? ''
  const [start, end] = [START, END].map((property) => edtfOf(valuesOf(entity, property as string)[0]))
  const amount = field(valuesOf(entity, SEASONS as string)[0], 'amount')
  const total = typeof amount === 'string' && /^\+[1-9]\d{0,2}$/.test(amount) ? Number(amount) : null
  const url = pageOf(entity.id)
  const english = Object.hasOwn(entity.aliases, 'en') ? (entity.aliases.en ?? []) : []
  return {
    ok: true,
    value: {
      id: entity.id,
      url,
      updatedOn: entity.modified ? dayOf(new Date(entity.modified)) : null,
      whole: 'show',
      isOver: end !== null && end !== undefined,
      label: null,
      network: networkOf(nameOfFirst(NETWORK))?.name ?? null,
      country: countryOf(nameOfFirst(COUNTRY)) ?? null,
      began: start ?? null,
      ended: end ?? null,
      total,
      seasons: start ? [{ number: 1, name: null, premiere: start, finale: null, episodes: null, url }] : [],
      episodes: [],
      record: {
        ids,
        title,
        aliases: aliasesOf(
          [...english.map(({ value }) => value), ...Object.values(entity.labels).map(({ value }) => value)],
          title,
        ),
      },
    },
  }
}
