/** Which of our shows a provider's answers mean: by ids, else by what they say of it; what is in doubt is for a person. */
import 'server-only'
import type { PairOfProvider } from '@/db/schema/words'
import { idsApart } from '@/lib/catalogue/apart'
import { idNames, listIds, type OutsideId } from '@/lib/catalogue/ids'
import { comparables } from '@/lib/identity/queries'
import { compare, judge, scoreOf } from '@/lib/identity/rules'
import type { Comparable, Doubt, Judgement, OwnDoubt } from '@/lib/identity/types'
import { type KnownShow, type Namesake, namesakesOf, type Owner, ownersOf } from './queries'
import type { Look, Provider } from './types'

/** Pairs a person has to decide about. */
export interface Asks {
  theirs: Doubt[]
  ours: OwnDoubt[]
}

/** The show an answer means, and the one of its ids that says so, where it is not the provider's own; or why nobody can tell. */
export type Meant = { show: KnownShow | null; by: Owner | null; asks: Asks } | { problem: string; asks: Asks }

type Apart = OutsideId & { showId: number }
type Side = Comparable & { slug: string }
const NOTHING: Asks = { theirs: [], ours: [] }

/** What an answer says of its show, as it is compared. */
export const comparableOf = ({ record, began, country, network }: Look): Comparable => ({
  title: record.title,
  aliases: [record.original_title, ...(record.aliases ?? [])].flatMap((name) => name ?? []),
  began,
  country,
  network,
  kind: record.kind ?? null,
  ids: idNames(record.ids),
})

const shownOf = (look: Look): PairOfProvider => ({
  title: look.record.title,
  url: look.url,
  began: look.began,
  country: look.country,
  network: look.network,
  ids: idNames(look.record.ids),
})

/** Which shows are meant, in the order of the answers, with whose ids they bear and what was said to be another's. */
export async function meantShows(
  looks: Look[],
  provider: Pick<Provider, 'ids'>,
): Promise<{ places: Meant[]; owners: Owner[]; apart: Apart[] }> {
  const [namespace = ''] = provider.ids
  const ids = looks.flatMap(({ record }) => listIds(record.ids))
  const owners = await ownersOf(ids)
  const apart = await idsApart([...ids, ...looks.map(({ id }) => ({ namespace, value: id }))])
  const isApart = ({ id }: Look, showId: number) =>
    apart.some((one) => one.namespace === namespace && one.value === id && one.showId === showId)
  const bearersOf = (look: Look) => {
    const given = (owner: Owner) => [look.record.ids[owner.namespace] ?? []].flat().includes(owner.value)
    const mine = owners.filter((owner) => given(owner) && !isApart(look, owner.id))
    const own = mine.find((owner) => owner.namespace === namespace && owner.value === look.id)
    return own ? [own] : [...new Map(mine.map((owner) => [owner.id, owner])).values()]
  }
  const strangers = looks.flatMap((look, place) => (bearersOf(look).length === 0 ? [{ place, look }] : []))
  const namesakes = (await namesakesOf(strangers, provider)).filter(
    ({ look, id }) => !isApart(looks[look] as Look, id),
  )
  const asked = looks.flatMap((look) => {
    const bearers = bearersOf(look)
    return bearers.some(({ namespace: ns, value }) => ns !== namespace || value !== look.id) ? bearers : []
  })
  const sides = await comparables([...new Set([...namesakes, ...asked].map(({ id }) => id))])
  const places = looks.map((look, place) =>
    meantBy(look, {
      bearers: bearersOf(look),
      namesakes: namesakes.filter((one) => one.look === place),
      sides,
      namespace,
    }),
  )
  return { places, owners, apart }
}

interface Found {
  bearers: Owner[]
  namesakes: Namesake[]
  sides: Map<number, Side>
  namespace: string
}

function meantBy(look: Look, { bearers, namesakes, sides, namespace }: Found): Meant {
  const doubt = (showId: number, judged: Pick<Judgement, 'score' | 'reasons'>): Doubt => ({
    namespace,
    outsideId: look.id,
    showId,
    judged,
    theirs: shownOf(look),
  })
  const one = comparableOf(look)
  const scored = (a: Comparable, b: Comparable | undefined) => {
    const reasons = b ? compare(a, b) : []
    return { reasons, score: scoreOf(reasons) }
  }
  const [by, second] = bearers
  if (by && second) {
    const names = bearers.map(({ show }) => show).join(', ')
    const { score, reasons } = scored(sides.get(by.id) as Side, sides.get(second.id))
    const shared = { code: 'shared-id' as const, adds: 0, what: `${namespace}:${look.id}` }
    const ours = [
      { showIds: [by.id, second.id] as [number, number], judged: { score, reasons: [shared, ...reasons] } },
    ]
    return { problem: `its ids belong to different shows here: ${names}`, asks: { theirs: [], ours } }
  }
  if (by) {
    const isOwn = by.namespace === namespace && by.value === look.id
    if (isOwn && by.twin)
      return { problem: `a second entry of ${by.show}, which is read by another id`, asks: NOTHING }
    const asks = isOwn ? NOTHING : { theirs: [doubt(by.id, scored(one, sides.get(by.id)))], ours: [] }
    return { show: { id: by.id, slug: by.show }, by: isOwn ? null : by, asks }
  }
  const judged = judge(
    one,
    namesakes.map(({ id }) => sides.get(id) as Side),
  )
  const same = namesakes[judged.findIndex(({ is }) => is === 'same')]
  if (same) return { show: { id: same.id, slug: same.slug }, by: null, asks: NOTHING }
  const doubtful = namesakes.flatMap((namesake, place) => {
    const own = judged[place] as Judgement
    return own.is === 'doubtful' ? [{ namesake, own }] : []
  })
  const [first] = doubtful
  if (!first) return { show: null, by: null, asks: NOTHING }
  return {
    problem: `may be ${first.namesake.slug}, and shares no id with it`,
    asks: { theirs: doubtful.map(({ namesake, own }) => doubt(namesake.id, own)), ours: [] },
  }
}
