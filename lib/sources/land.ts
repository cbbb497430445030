/**
 * One answer about one show, written down: facts, claims and what follows from them, in one transaction, or nothing.
 * The commands of the rooms that own catalogue and ledger come in as arguments.
 */
import 'server-only'
import { transaction } from '@/db/transaction'
import type { ImportOptions, ImportResult } from '@/lib/catalogue/commands'
import { recordsOf } from '@/lib/catalogue/records'
import type { CatalogueRecord, Fact } from '@/lib/catalogue/types'
import type { Recorded, RecordMode } from '@/lib/ledger/commands'
import { checkClaim, type ParsedClaim } from '@/lib/ledger/record'
import { type Day, dayOf } from '@/lib/shared/day'
import { noteLook, setAside } from './commands'
import { bearableIds, knownLine, newLine } from './line'
import { countEvents, type KnownShow, lookAt, namesakesOf, ownersOf, saidBy } from './queries'
import { claimsOf } from './to-claims'
import { changedFacts } from './to-facts'
import type { Look, Provider } from './types'

/** What other rooms do with an answer. */
export interface Writers {
  importCatalogue(lines: Iterable<string>, options: ImportOptions): Promise<ImportResult>
  recordClaims(claims: ParsedClaim[], when: { mode: RecordMode; today: Day; now: Date }): Promise<Recorded>
  deriveStates(options: {
    today: Day
    showIds: readonly number[]
    now: Date
    tell: boolean
  }): Promise<unknown>
  /** Tells who waited for a show of this name. */
  answerWanted(now: Date, showIds: number[]): Promise<unknown>
}

/** What an answer changed, or why it was left out. */
export type Landed =
  | { ok: true; slug: string; facts: number; claims: number; events: number }
  | { ok: false; reason: string }

interface Place {
  show: KnownShow | null
  there: CatalogueRecord | null
  line: CatalogueRecord
}

/** Which show here is meant, and the line that is to be imported; or why nobody can tell. */
async function placeOf(look: Look, provider: Provider, today: Day): Promise<Place | { problem: string }> {
  const owners = await ownersOf(look.record.ids)
  const [namespace = ''] = provider.ids
  const own = owners.find((owner) => owner.namespace === namespace && owner.value === look.id)
  const others = [...new Map(owners.map((owner) => [owner.id, owner])).values()]
  if (!own && others.length > 1)
    return { problem: `its ids belong to different shows here: ${others.map(({ show }) => show).join(', ')}` }
  const [by] = others
  let show = own ? { id: own.id, slug: own.show } : by ? { id: by.id, slug: by.show } : null
  if (!show) {
    const namesakes = await namesakesOf(look, provider)
    const same = namesakes.filter((one) => one.same)
    const [first] = same.length > 0 ? same : namesakes
    if (same.length !== 1 && first)
      return { problem: `may be ${first.slug}, which bears its name and shares no id with it` }
    show = same.length === 1 && first ? { id: first.id, slug: first.slug } : null
  }
  if (!show) return { show, there: null, line: newLine(look, provider, today) }
  const there = (await recordsOf([show.id])).get(show.id)
  if (!there) return { problem: `${show.slug} is there no more` }
  const known = [there.ids[namespace] ?? []].flat()
  if (!own && known.length > 0)
    return {
      problem: `${by?.namespace}:${by?.value} is ${show.slug}, which is known as ${namespace}:${known.join(', ')}`,
    }
  const ids = bearableIds(look.record.ids, show.slug, there.ids, owners)
  return { show, there, line: knownLine(look, provider, { there, ids, today }) }
}

const factsOn = async (showId: number): Promise<Fact[]> =>
  (await recordsOf([showId])).get(showId)?.facts ?? []

/** Anything but an ordinary end undoes what was written: the reason comes out of the transaction this way. */
class LeftOut extends Error {}

/**
 * Writes down what a provider says of a show. Safe to repeat: the same answer changes nothing a second time, but the
 * instant it was last looked at.
 */
export async function land(
  look: Look,
  provider: Provider,
  { now, stamp, etag, write }: { now: Date; stamp: string | null; etag: string | null; write: Writers },
): Promise<Landed> {
  const today = dayOf(now)
  const of = { provider: provider.name, id: look.id }
  try {
    return await transaction(() => landIn(look, provider, { now, today, stamp, etag, write }), {
      idempotent: true,
    })
  } catch (error) {
    if (!(error instanceof LeftOut)) throw error
    await transaction(() => setAside(of, { reason: error.message, bodyHash: null, now }), {
      idempotent: true,
    })
    return { ok: false, reason: error.message }
  }
}

async function landIn(
  look: Look,
  provider: Provider,
  {
    now,
    today,
    stamp,
    etag,
    write,
  }: { now: Date; today: Day; stamp: string | null; etag: string | null; write: Writers },
): Promise<Extract<Landed, { ok: true }>> {
  const of = { provider: provider.name, id: look.id }
  const place = await placeOf(look, provider, today)
  if ('problem' in place) throw new LeftOut(place.problem)
  const before = place.there?.facts ?? []
  const seen = await lookAt(provider.name, look.id)
  const said = place.show ? await saidBy(place.show.id, provider.title) : []
  const { claims, isNews } = claimsOf(
    look,
    provider,
    { said, facts: before, checkedOn: seen?.checkedOn ?? null },
    today,
  )

  const problems: string[] = []
  let written: number[] = []
  const imported = await write.importCatalogue([JSON.stringify(place.line)], {
    provider: provider.name,
    today,
    report: (problem) => problems.push(problem.replace(/^line 1: /, '')),
    onWritten: async (showIds) => {
      written = showIds
    },
  })
  const [owner] = await ownersOf({ [provider.ids[0] as string]: look.id })
  if (imported.failed > 0 || !owner) throw new LeftOut(problems[0] ?? 'it was not taken into the catalogue')
  const eventsBefore = await countEvents(owner.id)

  const mode: RecordMode = isNews ? 'live' : 'backfill'
  const checked = claims.flatMap((claim) => {
    const result = checkClaim(claim, today)
    if (!result.ok) throw new LeftOut(result.problems[0] ?? 'a claim could not be written')
    return [result.claim]
  })
  const recorded = checked.length > 0 ? await write.recordClaims(checked, { mode, today, now }) : { added: 0 }
  if (written.length > 0) {
    await write.deriveStates({ today, showIds: written, now, tell: seen !== null })
    await write.answerWanted(now, written)
  }
  const facts = changedFacts(before, await factsOn(owner.id))
  const changed = written.length > 0 || recorded.added > 0
  await noteLook(of, { showId: owner.id, now, changed, stamp, etag })
  const events = (await countEvents(owner.id)) - eventsBefore
  return { ok: true, slug: owner.show, facts, claims: recorded.added, events }
}
