/**
 * Answers about some shows, written down: facts, claims and what follows from them, in one transaction. The commands of
 * the rooms that own catalogue and ledger come in as arguments.
 */
import 'server-only'
import { transaction } from '@/db/transaction'
import type { ImportOptions, ImportResult } from '@/lib/catalogue/commands'
import { idsOf, listIds, type OutsideId } from '@/lib/catalogue/ids'
import type { NumberedSeason } from '@/lib/catalogue/numbering'
import { recordsOf } from '@/lib/catalogue/records'
import type { CatalogueRecord, Fact } from '@/lib/catalogue/types'
import { noteDoubts, noteOwnDoubts } from '@/lib/identity/doubts'
import type { Recorded, RecordMode } from '@/lib/ledger/commands'
import { checkClaim, type ParsedClaim } from '@/lib/ledger/record'
import { type Day, dayOf } from '@/lib/shared/day'
import { keepNumbers, noteLooks, setAside } from './commands'
import { renumbered } from './crosswalk'
import { keepEpisodes } from './episodes'
import { bearableIds, knownLine, newLine } from './line'
import { type Asks, meantShows } from './meant'
import { countEvents, keptNumbers, lastLooks, type Owner, ownersOf, saidBy } from './queries'
import { type ClaimRecord, claimsOf } from './to-claims'
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

/** An answer with the provider's marks of the state it shows. */
export interface Answered {
  look: Look
  stamp: string | null
  etag: string | null
}

/** What an answer changed, or why it was left out. */
export type Landed =
  | {
      ok: true
      slug: string
      facts: number
      claims: number
      events: number
      /** Seasons that were left out, and why. */
      unclear: string | null
    }
  | { ok: false; reason: string }

/** One answer cannot be used: what was written with it is undone, and the reason comes out of the transaction this way. */
class LeftOut extends Error {
  constructor(
    message: string,
    /** What a person has to decide before it can. */
    readonly asks: Asks = { theirs: [], ours: [] },
  ) {
    super(message)
  }
}

interface Landing {
  now: Date
  write: Writers
}

/**
 * Writes down what a provider says of some shows, each as if it came alone. Safe to repeat: the same answers change
 * nothing a second time, but the instant they were last looked at. An answer that cannot be used is set aside with its
 * reason, and what we had stays.
 */
export async function land(answers: Answered[], provider: Provider, landing: Landing): Promise<Landed[]> {
  const { now } = landing
  try {
    return await transaction(() => landTogether(answers, provider, landing), { idempotent: true })
  } catch (error) {
    if (!(error instanceof LeftOut)) throw error
    const [only, ...others] = answers
    if (only && others.length === 0) {
      const { message: reason } = error
      const of = { provider: provider.name, id: only.look.id }
      const put = async () => {
        await setAside(of, { reason, bodyHash: null, now })
        await noteDoubts(error.asks.theirs, now)
        await noteOwnDoubts(error.asks.ours, now)
      }
      await transaction(put, { idempotent: true })
      return [{ ok: false, reason }]
    }
    // One of them spoils the others' transaction: each alone, and it is the only one left out.
    const landed: Landed[] = []
    for (const answer of answers) landed.push(...(await land([answer], provider, landing)))
    return landed
  }
}

/** An answer with its line, and with what is known of its show before it. */
interface Prepared {
  answer: Answered
  /** Null for a show that is not here yet. */
  showId: number | null
  before: Fact[]
  line: CatalogueRecord
  /** How its seasons are numbered here, as far as that has to be remembered. */
  keep: NumberedSeason[]
  /** Seasons that were left out, and why. */
  unclear: string | null
}

/** Finds out which shows are meant, and what is to be imported of each. */
async function prepare(answers: Answered[], provider: Provider, today: Day): Promise<Prepared[]> {
  const [namespace = ''] = provider.ids
  const looks = answers.map(({ look }) => look)
  const { places, owners, apart } = await meantShows(looks, provider)
  const shows = places.flatMap((place) => ('show' in place && place.show ? [place.show.id] : []))
  // Two answers about one show: the second has to see what the first one wrote.
  if (new Set(shows).size < shows.length) throw new LeftOut('another answer was about the same show')
  const records = await recordsOf(shows)
  const numbers = await keptNumbers(provider.name, shows)
  return places.map((place, at) => {
    const answer = answers[at] as Answered
    const { look } = answer
    if ('problem' in place) throw new LeftOut(place.problem, place.asks)
    const { show, by } = place
    if (!show) {
      const isOthers = (id: OutsideId) =>
        owners.some((one) => one.namespace === id.namespace && one.value === id.value)
      const ids = idsOf(listIds(look.record.ids).filter((id) => !isOthers(id)))
      const own = { ...look, record: { ...look.record, ids } }
      const line = newLine(own, provider, today)
      return { answer, showId: null, before: [], line, keep: [], unclear: null }
    }
    const there = records.get(show.id)
    if (!there) throw new LeftOut(`${show.slug} is there no more`)
    const known = [there.ids[namespace] ?? []].flat()
    if (by && known.length > 0 && !provider.hasSeveral)
      throw new LeftOut(
        `${by.namespace}:${by.value} is ${show.slug}, which is known as ${namespace}:${known.join(', ')}`,
        place.asks,
      )
    // What was said to be another show's is treated as one that is.
    const others = apart.filter(({ showId }) => showId === show.id).map((id) => ({ ...id, show: '' }))
    const ids = bearableIds(look.record.ids, show.slug, there.ids, [...owners, ...others], provider)
    const before = there.facts ?? []
    const ours = renumbered(look, provider, { facts: before, kept: numbers.get(show.id) ?? [] })
    const line = knownLine(ours.look, provider, { there, ids, today })
    return {
      answer: { ...answer, look: ours.look },
      showId: show.id,
      before,
      line,
      keep: ours.keep,
      unclear: ours.unclear,
    }
  })
}

/** Imports lines; the ids of the shows that were written. */
async function importRecords(
  lines: CatalogueRecord[],
  provider: Provider,
  { today, write }: { today: Day; write: Writers },
): Promise<number[]> {
  const problems: string[] = []
  const written: number[] = []
  const { failed } = await write.importCatalogue(
    lines.map((line) => JSON.stringify(line)),
    {
      provider: provider.name,
      today,
      report: (problem) => problems.push(problem.replace(/^line \d+: /, '')),
      onWritten: async (showIds) => void written.push(...showIds),
    },
  )
  if (failed > 0) throw new LeftOut(problems[0] ?? 'it was not taken into the catalogue')
  return written
}

async function landTogether(
  answers: Answered[],
  provider: Provider,
  { now, write }: Landing,
): Promise<Landed[]> {
  const today = dayOf(now)
  const prepared = await prepare(answers, provider, today)
  const looks = await lastLooks(
    provider.name,
    answers.map(({ look }) => look.id),
  )
  const said = await saidBy(
    prepared.flatMap(({ showId }) => showId ?? []),
    provider,
  )
  const claimed = prepared.map(({ answer: { look }, before, showId }) => {
    const checkedOn = looks.get(look.id)?.checkedOn ?? null
    const known = { said: said.get(showId ?? 0) ?? [], facts: before, checkedOn }
    const { claims, isNews } = claimsOf(look, provider, known, today)
    return { isNews, claims: claims.map((claim) => checked(claim, today)) }
  })

  const written = new Set(
    await importRecords(
      prepared.map(({ line }) => line),
      provider,
      { today, write },
    ),
  )
  const [namespace = ''] = provider.ids
  const owners = await ownersOf(answers.map(({ look }) => ({ namespace, value: look.id })))
  const ownerOf = new Map(owners.map((owner) => [owner.value, owner]))
  const shows = answers.map(({ look }) => {
    const owner = ownerOf.get(look.id)
    if (!owner) throw new LeftOut('it was not taken into the catalogue')
    return owner
  })
  const ids = shows.map(({ id }) => id)
  const relisted = await keepEpisodes(
    provider,
    prepared.map(({ answer: { look } }, place) => ({ look, showId: ids[place] as number })),
  )
  await keepNumbers(
    provider.name,
    prepared.map(({ keep }, place) => {
      const { whole, seasons, years = [] } = (answers[place] as Answered).look
      const listed = whole === 'show' ? null : [...seasons, ...years].map(({ number }) => number)
      return { showId: ids[place] as number, keep, listed }
    }),
    today,
  )
  const eventsBefore = await countEvents(ids)
  for (const mode of ['backfill', 'live'] as const) {
    const claims = claimed.filter(({ isNews }) => isNews === (mode === 'live')).flatMap((one) => one.claims)
    if (claims.length === 0) continue
    const { refused } = await write.recordClaims(claims, { mode, today, now })
    if (refused[0]) throw new LeftOut(refused[0].problem)
  }
  for (const tell of [false, true]) {
    // Where claims were recorded the show has been derived with them.
    const showIds = ids.filter(
      (id, place) =>
        written.has(id) &&
        claimed[place]?.claims.length === 0 &&
        looks.has(answers[place]?.look.id ?? '') === tell,
    )
    if (showIds.length > 0) await write.deriveStates({ today, showIds, now, tell })
  }
  if (written.size > 0) await write.answerWanted(now, [...written])

  const [after, eventsAfter, saidAfter] = [
    await recordsOf(ids),
    await countEvents(ids),
    await saidBy(ids, provider),
  ]
  const landed = prepared.map(({ before, showId, unclear }, place) => {
    const { id, show } = shows[place] as Owner
    return {
      ok: true as const,
      slug: show,
      facts: changedFacts(before, after.get(id)?.facts ?? []),
      claims: (saidAfter.get(id)?.length ?? 0) - (said.get(showId ?? 0)?.length ?? 0),
      events: (eventsAfter.get(id) ?? 0) - (eventsBefore.get(id) ?? 0),
      unclear,
    }
  })
  await noteLooks(
    provider.name,
    answers.map(({ look, stamp, etag }, place) => {
      const showId = ids[place] as number
      const changed = written.has(showId) || relisted.has(showId) || (landed[place]?.claims ?? 0) > 0
      return { id: look.id, showId, stamp, etag, changed }
    }),
    now,
  )
  for (const [place, { unclear: reason }] of landed.entries()) {
    const of = { provider: provider.name, id: answers[place]?.look.id ?? '' }
    if (reason !== null) await setAside(of, { reason, bodyHash: null, now })
  }
  return landed
}

function checked(claim: ClaimRecord, today: Day): ParsedClaim {
  const result = checkClaim(claim, today)
  if (!result.ok) throw new LeftOut(result.problems[0] ?? 'a claim could not be written')
  return result.claim
}
