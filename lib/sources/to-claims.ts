/**
 * From what a provider says of seasons to come to claims of class aggregator. A fact is what it says now; its claims are
 * the history of that: what it said when it was first read (without a day: nobody knows since when), and what it became
 * on which day. So a date that moves is an event of the ledger (lib/status/record), and what never changed is none.
 *
 * No claims are made of what is behind us, for a record of the past is a fact and no news; of labels, which speak of a
 * show and no season (ADR 20); of a date that is no longer given, which is silence. Pure.
 */

import type { ClaimKind } from '@/db/schema/words'
import type { Fact } from '@/lib/catalogue/types'
import type { Day } from '@/lib/shared/day'
import { formatWindow, windowOf } from '@/lib/shared/edtf'
import { standing } from './ahead'
import { isOf } from './to-facts'
import type { Look, Provider, SeasonLook } from './types'

/** A claim that the provider is on record with. */
export interface SaidBefore {
  season: number
  kind: ClaimKind
  edtf: string | null
}

/** What is known of the provider before its answer. */
export interface Before {
  /** Its claims about the show, retracted ones too, in the order they were recorded. */
  said: SaidBefore[]
  /** All facts on record of the show. */
  facts: Fact[]
  /** The day it was last read; null where this is the first time. */
  checkedOn: Day | null
}

/** A claim record (lib/ledger/record). */
export interface ClaimRecord {
  show: string
  season: number
  kind: ClaimKind
  value: string
  date: string | null
  publisher: string
  url: string
  published_on: Day | null
  source_class: 'aggregator'
}

/** The claims of an answer, and whether readers are told: not of what stood there when it was first read. */
export interface Claimed {
  claims: ClaimRecord[]
  isNews: boolean
}

const isDate = ({ kind }: SaidBefore) => kind === 'release_date' || kind === 'release_window'

/** The claims an answer adds to those on record. */
export function claimsOf(
  look: Look,
  provider: Pick<Provider, 'name' | 'title' | 'ids'>,
  before: Before,
  today: Day,
): Claimed {
  const { checkedOn } = before
  const isChangeSeen =
    look.updatedOn !== null && look.updatedOn <= today && look.updatedOn > (checkedOn ?? today)
  // Changed since we last looked: on the day the provider says, as far as it can be true.
  const changedOn = isChangeSeen ? look.updatedOn : today
  const givenBefore = (season: number) =>
    before.facts.find((fact) => isOf(provider, fact) && fact.season === season && fact.field === 'premiere')
  const claims: ClaimRecord[] = []
  let isNews = false
  const add = (season: SeasonLook, kind: ClaimKind, value: string, isFirst: boolean) => {
    isNews ||= !isFirst
    claims.push({
      show: `${provider.ids[0]}:${look.id}`,
      season: season.number,
      kind,
      value,
      date: kind === 'announced' ? null : season.premiere,
      publisher: provider.title,
      url: season.url,
      published_on: isFirst ? null : changedOn,
      source_class: 'aggregator',
    })
  }
  for (const season of look.seasons) {
    const stands = standing(season, look, today)
    const said = before.said.filter((claim) => claim.season === season.number)
    if (stands === 'dated') {
      const window = windowOf(season.premiere)
      const last = said.filter(isDate).at(-1)
      if (!window || last?.edtf === window.edtf) continue
      const old = givenBefore(season.number)
      const isMoved = last !== undefined || (old !== undefined && old.value !== window.edtf)
      const isDay = window.earliest === window.latest
      add(
        season,
        isDay ? 'release_date' : 'release_window',
        `Listed for ${formatWindow(window.edtf, { style: 'prose' }).replace(/^(on|in) /, '')}.`,
        checkedOn === null && !isMoved,
      )
    } else if (stands === 'undated' && said.length === 0)
      add(season, 'announced', 'Listed without a date.', checkedOn === null)
  }
  return { claims, isNews }
}
