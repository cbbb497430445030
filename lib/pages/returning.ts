/**
 * Pure: who comes back for a season, by what is said of each.
 *
 * - Who is cast can leave, and who left was in before: the newer word holds, and an aggregator or a fan alone takes back
 *   nothing that anybody better said.
 * - Somebody who is new never comes back, whatever else a note calls them.
 * - A return is confirmed by a report of the press or better that it is settled. A hope, a plan or the word of an
 *   aggregator or fan is an expectation; a plan to cast somebody, or to part with them, makes nobody new or out.
 * - While somebody is spoken of, nobody has said anything of the others on record: unknown, not out.
 */

import type { Day } from '@/lib/shared/day'
import type { Claim } from '@/lib/status/claim'
import { saidOn } from '@/lib/status/trust'
import type { Returning, ShowPage } from './types'

/** Somebody on record, with the other names they go by. */
export interface RecordedMember {
  person: string
  character: string | null
  also?: string[] | null
}

interface Verdict {
  returning: Returning
  claimId: string
  said: { by: string; on: Day | null }
}

/** Folds a name so that "Yoon Chan-young" and "Yoon Chan-Young (voice)" meet. */
const fold = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\(.*?\)/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()

const isWeak = ({ sourceClass }: Claim) => sourceClass === 'aggregator' || sourceClass === 'fan'
const isSettled = ({ modality, personStatus }: Claim) => modality === 'done' && personStatus !== 'expected'
/** The day it was said; for a page without one, the day it speaks of. */
const dayOf = (claim: Claim) =>
  saidOn(claim) ?? (claim.earliest !== null && claim.earliest === claim.latest ? claim.earliest : '')
const newest = (claims: Claim[]): Claim | undefined =>
  [...claims].sort((a, b) => dayOf(b).localeCompare(dayOf(a)) || a.id.localeCompare(b.id))[0]

/** What the claims about one person add up to; null where they say nothing that counts. */
function verdictOf(claims: Claim[]): Verdict | null {
  const as = (returning: Returning, claim: Claim): Verdict => ({
    returning,
    claimId: claim.id,
    said: { by: claim.source.name, on: claim.publishedOn },
  })
  const isOut = ({ kind, personStatus }: Claim) => kind === 'cast_out' || personStatus === 'out'
  const isNew = ({ kind, personStatus }: Claim) => kind === 'cast_new' || personStatus === 'new'
  const inside = claims.filter((claim) => !isOut(claim))
  const arrived = newest(inside.filter((claim) => isNew(claim) && isSettled(claim)))
  const back = inside.filter((claim) => !isNew(claim))
  const confirmed = newest(back.filter((claim) => isSettled(claim) && !isWeak(claim)))
  const firm = newest([arrived, confirmed].filter((claim) => claim !== undefined))
  const isHeard = (out: Claim) =>
    isSettled(out) && !(firm && (dayOf(out) < dayOf(firm) || (isWeak(out) && !isWeak(firm))))
  const left = newest(claims.filter((claim) => isOut(claim) && isHeard(claim)))
  // Of who has left, only a later word by somebody better than a fan lets them be expected again.
  const expected = newest(back.filter((claim) => !left || (dayOf(claim) > dayOf(left) && !isWeak(claim))))
  if (left) return expected ? as('expected', expected) : as('out', left)
  if (arrived) return as('new', arrived)
  if (confirmed) return as('confirmed', confirmed)
  return expected ? as('expected', expected) : null
}

/**
 * The cast with what the claims about the next season say of each, and the claim that says so. What was taken back or
 * overtaken says nothing. People who are named only by claims come after the recorded cast.
 */
export function returningCast(
  recorded: RecordedMember[],
  claims: (Claim & { state: string })[],
): ShowPage['cast'] {
  const said = claims
    .filter(({ state, kind }) => state !== 'retracted' && kind.startsWith('cast_'))
    .map((claim) => {
      // Overtaken is what a note says of those it is kept under; whoever stands beside them in its list stays.
      const gone = new Set(
        claim.state === 'superseded' ? peopleIn(claim.who).map(({ person }) => fold(person)) : [],
      )
      return { claim, people: peopleOf(claim).filter(({ person }) => !gone.has(fold(person))) }
    })
  const about = (keys: Set<string>) =>
    verdictOf(
      said
        .filter(({ people }) => people.some(({ person }) => keys.has(fold(person))))
        .map(({ claim }) => claim),
    )
  const keysOf = ({ person, also }: RecordedMember) => new Set([person, ...(also ?? [])].map(fold))
  const known = new Set(recorded.flatMap((member) => [...keysOf(member)]))
  const others: ShowPage['cast'] = []
  for (const { people } of said)
    for (const { person, character } of people) {
      const key = fold(person)
      const verdict = known.has(key) ? null : about(new Set([key]))
      known.add(key)
      if (verdict) others.push({ person, character, ...verdict })
    }
  const members = recorded.map((member) => ({ member, verdict: about(keysOf(member)) }))
  const isSpokenOf = others.length > 0 || members.some(({ verdict }) => verdict !== null)
  const silence = { returning: isSpokenOf ? ('unknown' as const) : null, claimId: null, said: null }
  return [
    ...members.map(({ member: { person, character }, verdict }) => ({
      person,
      character,
      ...(verdict ?? silence),
    })),
    ...others,
  ]
}

/** Two to four words that begin with a capital letter: a person's name in a list. */
const NAME = String.raw`\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){1,3}`
const LIST = new RegExp(`^${NAME}(?:, ${NAME})+(?:,? and ${NAME})?`, 'u')

/** Whom a claim is about: those it names, and where its sentence begins with a list of which they are the first, all of it. */
function peopleOf({
  who,
  value,
}: Pick<Claim, 'who' | 'value'>): { person: string; character: string | null }[] {
  const named = peopleIn(who)
  const [first, ...others] = named
  const list = first && others.length === 0 ? LIST.exec(value)?.[0] : undefined
  const people = list && fold(list).startsWith(fold(first!.person)) ? peopleIn(list) : []
  return people.length > 1 ? people : named
}

/** People a claim names, with their parts: "Rain as Baek Jeong", "Lee Pace (Thragg)". "Core cast" is nobody. */
function peopleIn(who: string | null): { person: string; character: string | null }[] {
  return (who ?? '').split(/(?:[,;]|\band\b)(?![^(]*\))/).flatMap((text) => {
    const name = text.replace(/\(voice\)/, '').trim()
    const [, person = name, as, inBrackets] = /^(.+?)(?: as (.+)| \((.+)\))$/.exec(name) ?? []
    return /^\p{Ll}|^$/u.test(person) ? [] : [{ person, character: as ?? inBrackets ?? null }]
  })
}
