/**
 * Which show of a built catalogue a collected statement means. Pure. The outcome is an address or a reason: where
 * titles, years and countries leave two shows possible, none is chosen.
 */

/** A catalogue line as far as it tells shows apart. */
export interface CatalogueShow {
  ids: Record<string, string | string[]>
  slug?: string
  title: string
  original_title?: string | null
  aliases?: string[] | null
  country?: string | null
  network?: string | null
  seasons?: { number: number; premiere?: string | null }[] | null
}

/** What is known of the show a statement means, beside its title; each field null where it is not known. */
export interface Hint {
  /** The year its first season began. */
  year: number | null
  country: string | null
  network: string | null
}

/** A statement as far as it names its show. */
export interface NamesShow extends Partial<Hint> {
  /** A title, with year, country or network in brackets where it has namesakes; or `ns:id`. */
  show: string
  original_title?: string | null
  /** `greenlit:slug`, where whoever collected it looked the show up. */
  catalogue_id?: string | null
}

export type Resolved =
  | { ok: true; id: string; show: CatalogueShow }
  | { ok: false; why: 'no such show' | 'several shows' | 'another show'; reason: string }

export interface CatalogueIndex {
  byId: Map<string, CatalogueShow>
  byTitle: Map<string, CatalogueShow[]>
  /** Native titles and aliases, of shows that bear them beside their own. */
  byOther: Map<string, CatalogueShow[]>
  /** How many shows bear a title to the letter, cases apart: the importer's question. */
  bearers: Map<string, number>
}

const COUNTRIES: Record<string, string> = {
  US: 'United States',
  UK: 'United Kingdom',
  India: 'India',
  'South Korea': 'South Korea',
}
const BRACKETS = /\s*\(([^()]+)\)$/
const ID = /^([a-z0-9_-]{1,32}):(\S.*)$/
/** A season of one show can be listed a year apart by two countries, and a pilot the year before. */
const SAME_YEARS = 1
const CANDIDATES_NAMED_MAX = 5

/** A title without case, accents, punctuation and what stands in brackets at its end. */
export function nameKey(title: string): string {
  const bare = title
    .replace(BRACKETS, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/½/g, '1/2')
    .normalize('NFKD')
  const letters = bare.replace(/[^\p{L}\p{N}\u3099\u309a]+/gu, '').normalize('NFC')
  return letters || title.normalize('NFKC').trim()
}

/** What the brackets at a title's end say: "(2024)", "(US)", "(2025, India)", "(Netflix)". */
export function bracketHint(title: string): Hint {
  const hint: Hint = { year: null, country: null, network: null }
  for (const part of (BRACKETS.exec(title)?.[1] ?? '').split(/,\s*/)) {
    if (/^(19|20)\d\d$/.test(part)) hint.year = Number(part)
    else if (COUNTRIES[part]) hint.country = COUNTRIES[part]
    else if (part && /^[A-Z]/.test(part)) hint.network = part
  }
  return hint
}

const slugOf = (show: CatalogueShow): string => show.slug ?? (show.ids.greenlit as string)
const plainSlug = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
/** A show's address as claims name it. */
export const addressOf = (show: CatalogueShow): string => `greenlit:${slugOf(show)}`

const put = (map: Map<string, CatalogueShow[]>, key: string, show: CatalogueShow) => {
  const there = map.get(key)
  if (!there) map.set(key, [show])
  else if (!there.includes(show)) there.push(show)
}

/** A catalogue made ready for many questions. */
export function catalogueIndex(shows: readonly CatalogueShow[]): CatalogueIndex {
  const index: CatalogueIndex = {
    byId: new Map(),
    byTitle: new Map(),
    byOther: new Map(),
    bearers: new Map(),
  }
  for (const show of shows) {
    index.byId.set(addressOf(show), show)
    for (const [namespace, ids] of Object.entries(show.ids))
      for (const id of Array.isArray(ids) ? ids : [ids]) index.byId.set(`${namespace}:${id}`, show)
    put(index.byTitle, nameKey(show.title), show)
    for (const other of [show.original_title, ...(show.aliases ?? [])])
      if (other) put(index.byOther, nameKey(other), show)
    const title = show.title.toLowerCase()
    index.bearers.set(title, (index.bearers.get(title) ?? 0) + 1)
  }
  return index
}

/** The years a show can have begun in, by its dated seasons or the year in its address; null where neither tells. */
export function yearsBegun(show: CatalogueShow): { from: number; to: number } | null {
  const [first] = [...(show.seasons ?? [])]
    .filter(({ premiere }) => /^\d{4}/.test(premiere ?? ''))
    .sort((a, b) => a.number - b.number)
  if (first) {
    const year = Number(first.premiere?.slice(0, 4))
    // Seasons come at most three years apart, as a rule.
    return { from: year - 3 * (first.number - 1), to: year }
  }
  const inAddress = /-((?:19|20)\d\d)$/.exec(slugOf(show))
  return inAddress ? { from: Number(inAddress[1]), to: Number(inAddress[1]) } : null
}

const fold = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

interface Known extends Hint {
  /** The country stands in the title itself: there is a namesake of another. */
  isCountryNamed: boolean
}

/** How well a show fits what is known: null where it cannot be meant, else the higher the better. */
function fitness(show: CatalogueShow, hint: Known): number | null {
  let fit = 0
  const years = yearsBegun(show)
  if (hint.year !== null && years) {
    if (hint.year < years.from - SAME_YEARS || hint.year > years.to + SAME_YEARS) return null
    fit += hint.year >= years.from && hint.year <= years.to ? 4 : 3
  }
  if (hint.country && show.country) {
    const countries = hint.country.split(/[,/]\s*/)
    if (countries.some((country) => show.country?.includes(country))) fit += 2
    // The very year weighs more than a country, which some sets give by maker and others by owner.
    else if (fit < 4 || hint.isCountryNamed) return null
  }
  if (hint.network && show.network) {
    const [a, b] = [fold(hint.network), fold(show.network)]
    if (a.includes(b) || b.includes(a)) fit += 1
  }
  return fit
}

const named = (shows: CatalogueShow[]) => {
  const addresses = [...new Set(shows.map(addressOf))].sort()
  return `${addresses.slice(0, CANDIDATES_NAMED_MAX).join(', ')}${addresses.length > CANDIDATES_NAMED_MAX ? ', …' : ''}`
}

function knownOf(claim: NamesShow): Known {
  const said = [bracketHint(claim.show), bracketHint(claim.original_title ?? '')]
  const first = <K extends keyof Hint>(field: K): Hint[K] =>
    (said.find((hint) => hint[field] !== null)?.[field] ?? claim[field] ?? null) as Hint[K]
  return {
    year: first('year'),
    country: first('country'),
    network: first('network'),
    isCountryNamed: said.some(({ country }) => country !== null),
  }
}

/**
 * The show a statement means. By the id it gives, where that show fits what is known of the one meant; else by title,
 * a show's own before native titles and aliases, narrowed by year, country and network. Strict: of several that fit
 * equally well none is taken, and a year that does not fit rules a show out.
 */
export function resolveShow(claim: NamesShow, index: CatalogueIndex): Resolved {
  const hint = knownOf(claim)
  const given = claim.catalogue_id ?? (ID.test(claim.show) ? claim.show : null)
  if (given) {
    const show = index.byId.get(given)
    if (show && fitness(show, hint) !== null) return { ok: true, id: addressOf(show), show }
    if (show)
      return refuse('another show', `${given} is another show than the one of ${hint.year ?? hint.country}`)
  }
  const keys = [claim.show, claim.original_title ?? ''].filter(Boolean).map(nameKey)
  const titled = [
    index.byTitle.get(keys[0] as string),
    index.byOther.get(keys[0] as string),
    ...keys.slice(1).flatMap((key) => [index.byTitle.get(key), index.byOther.get(key)]),
  ]
  let misfits: CatalogueShow[] = []
  for (const candidates of titled) {
    if (!candidates) continue
    const fits = candidates
      .map((show) => ({ show, fit: fitness(show, hint) }))
      .filter((one): one is { show: CatalogueShow; fit: number } => one.fit !== null)
      .sort((a, b) => b.fit - a.fit)
    // Brackets that name neither year nor country stand in the title or the address of a show to come.
    const spelt = fits.filter(
      ({ show }) =>
        show.title.toLowerCase() === claim.show.toLowerCase() || slugOf(show) === plainSlug(claim.show),
    )
    if (BRACKETS.test(claim.show) && spelt.length === 1)
      return { ok: true, id: addressOf(spelt[0]!.show), show: spelt[0]!.show }
    const [best, second] = fits
    if (!best) {
      misfits = [...misfits, ...candidates]
      continue
    }
    if (second && second.fit === best.fit)
      return refuse('several shows', `it may mean ${named(fits.map(({ show }) => show))}`)
    // Beside a namesake, a show is known by what fits and not by what nobody wrote down.
    if (candidates.length > 1 && best.fit === 0)
      return refuse('several shows', `nothing tells it from ${named(candidates)}`)
    return { ok: true, id: addressOf(best.show), show: best.show }
  }
  if (misfits.length > 0)
    return refuse('no such show', `${named(misfits)} is not the one of ${hint.year ?? hint.country}`)
  return refuse('no such show', 'the catalogue has none of that name')
}

const refuse = (why: 'no such show' | 'several shows' | 'another show', reason: string): Resolved => ({
  ok: false,
  why,
  reason,
})

/** How a line of the ledger names a show: by its title where only it bears it, else by its address. */
export const nameOf = (show: CatalogueShow, { bearers }: CatalogueIndex): string =>
  bearers.get(show.title.toLowerCase()) === 1 && !ID.test(show.title) ? show.title : addressOf(show)
