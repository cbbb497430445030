/** What the built ledger adds up to on a day, through the rules of lib/status. Pure. */

import { createHash } from 'node:crypto'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import { stateOfRecord } from '@/lib/ledger/of-record'
import type { Day } from '@/lib/shared/day'
import { windowOf } from '@/lib/shared/edtf'
import type { Claim, ClaimKind, SourceClass } from '@/lib/status/claim'
import { BODY, type StarterClaim } from './clean'
import { addressOf, type CatalogueIndex, type CatalogueShow } from './resolve'

/** A line of the starter as the rules know a claim. */
export function claimOf(line: StarterClaim): Claim {
  const window = windowOf(line.date)
  return {
    id: `c_${createHash('sha256').update(JSON.stringify(line)).digest('hex').slice(0, 20)}`,
    season: line.season,
    kind: line.kind as ClaimKind,
    value: line.value,
    edtf: window?.edtf ?? null,
    earliest: window?.earliest ?? null,
    latest: window?.latest ?? null,
    who: line.who,
    personStatus: line.status as Claim['personStatus'],
    modality: line.modality,
    citing: line.citing,
    citesOfficialBody: BODY.test(line.citing ?? ''),
    url: line.url,
    publishedOn: line.published_on,
    seenOn: line.seen_on,
    source: { slug: line.publisher, name: line.publisher },
    sourceClass: line.source_class,
    retractedOn: null,
    retractReason: null,
  }
}

/** The shows the claims speak of, each with its lines. */
export function byShow(
  claims: readonly StarterClaim[],
  index: CatalogueIndex,
): Map<CatalogueShow, StarterClaim[]> {
  const titled = new Map([...index.byId.values()].map((show) => [show.title, show]))
  const shows = new Map<CatalogueShow, StarterClaim[]>()
  for (const claim of claims) {
    const show = index.byId.get(claim.show) ?? titled.get(claim.show)
    if (!show) throw new Error(`no show is called ${claim.show}`)
    shows.set(show, [...(shows.get(show) ?? []), claim])
  }
  return shows
}

export interface Decided {
  address: string
  status: string
  answer: string
  /** The class of the claim shown as the ground; null where the record or a label decides. */
  by: SourceClass | null
}

/** The state of every show with a claim on a day, and the class of the claim that decides it. */
export function decidedBy(claims: readonly StarterClaim[], index: CatalogueIndex, today: Day): Decided[] {
  return [...byShow(claims, index)].map(([show, lines]) => {
    const said = lines.map(claimOf)
    const { status } = stateOfRecord(show as CatalogueRecord, said, today)
    const ground = said.find(({ id }) => id === status.because[0])
    return {
      address: addressOf(show),
      status: status.status,
      answer: status.answer,
      by: ground?.sourceClass ?? null,
    }
  })
}
