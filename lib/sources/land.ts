/**
 * Answers about some shows, written down: facts, claims and what follows from them, in one transaction. The commands of
 * the rooms that own catalogue and ledger come in as arguments.
 */
import 'server-only'
import { transaction } from '@/db/transaction'
import type { ImportOptions, ImportResult } from '@/lib/catalogue/commands'
import { listIds } from '@/lib/catalogue/ids'
import { recordsOf } from '@/lib/catalogue/records'
import type { CatalogueRecord, Fact } from '@/lib/catalogue/types'
import type { Recorded, RecordMode } from '@/lib/ledger/commands'
import { checkClaim, type ParsedClaim } from '@/lib/ledger/record'
import { type Day, dayOf } from '@/lib/shared/day'
import { noteLooks, setAside } from './commands'
import { keepEpisodes } from './episodes'
import { bearableIds, knownLine, newLine } from './line'
import { countEvents, lastLooks, type Namesake, namesakesOf, ownersOf, saidBy } from './queries'
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
  | { ok: true; slug: string; facts: number; claims: number; events: number }
  | { ok: false; reason: string }

type Owner = Awaited<ReturnType<typeof ownersOf>>[number]

/** The show here that an answer means; null for none; or why nobody can tell. */
function meantShow(
  { id, record }: Look,
  [namespace = '']: Provider['ids'],
  owners: Owner[],
  namesakes: Namesake[],
): { show: { id: number; slug: string } | null; by: Owner | null } | { problem: string } {
  const given = (owner: Owner) => [record.ids[owner.namespace] ?? []].flat().includes(owner.value)
  const mine = owners.filter(given)
  const own = mine.find((owner) => owner.namespace === namespace && owner.value === id)
  if (own) return { show: { id: own.id, slug: own.show }, by: null }
  const others = [...new Map(mine.map((owner) => [owner.id, owner])).values()]
  if (others.length > 1)
    return { problem: `its ids belong to different shows here: ${others.map(({ show }) => show).join(', ')}` }
  const [by = null] = others
  if (by) return { show: { id: by.id, slug: by.show }, by }
  const same = namesakes.filter((one) => one.same)
  const [first] = same.length > 0 ? same : namesakes
  if (!first) return { show: null, by: null }
  if (same.length === 1) return { show: { id: first.id, slug: first.slug }, by: null }
  return { problem: `may be ${first.slug}, which bears its name and shares no id with it` }
}

/** One answer cannot be used: what was written with it is undone, and the reason comes out of the transaction this way. */
class LeftOut extends Error {}

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
      await transaction(() => setAside(of, { reason, bodyHash: null, now }), { idempotent: true })
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
}

/** Finds out which shows are meant, and what is to be imported of each. */
async function prepare(answers: Answered[], provider: Provider, today: Day): Promise<Prepared[]> {
  const { ids: namespaces } = provider
  const [namespace = ''] = namespaces
  const owners = await ownersOf(answers.flatMap(({ look }) => listIds(look.record.ids)))
  const given = answers.map(({ look }, place) => ({ place, look }))
  const strangers = given.filter(({ look }) => !meant(look, []).by && !meant(look, []).show)
  const namesakes = await namesakesOf(strangers, provider)
  const places = given.map(({ place, look }) => ({
    look,
    ...meant(
      look,
      namesakes.filter((one) => one.look === place),
    ),
  }))
  const shows = places.flatMap(({ show }) => (show ? [show.id] : []))
  // Two answers about one show: the second has to see what the first one wrote.
  if (new Set(shows).size < shows.length) throw new LeftOut('another answer was about the same show')
  const records = await recordsOf(shows)
  return places.map(({ look, show, by }, place) => {
    const answer = answers[place] as Answered
    if (!show) return { answer, showId: null, before: [], line: newLine(look, provider, today) }
    const there = records.get(show.id)
    if (!there) throw new LeftOut(`${show.slug} is there no more`)
    const known = [there.ids[namespace] ?? []].flat()
    if (by && known.length > 0 && !provider.hasSeveral)
      throw new LeftOut(
        `${by.namespace}:${by.value} is ${show.slug}, which is known as ${namespace}:${known.join(', ')}`,
      )
    const ids = bearableIds(look.record.ids, show.slug, there.ids, owners, provider)
    const line = knownLine(look, provider, { there, ids, today })
    return { answer, showId: show.id, before: there.facts ?? [], line }
  })

  function meant(look: Look, named: Namesake[]) {
    const found = meantShow(look, namespaces, owners, named)
    if ('problem' in found) throw new LeftOut(found.problem)
    return found
  }
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
    provider.title,
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
    answers.map(({ look }, place) => ({ look, showId: ids[place] as number })),
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
    await saidBy(ids, provider.title),
  ]
  const landed = prepared.map(({ before, showId }, place) => {
    const { id, show } = shows[place] as Owner
    return {
      ok: true as const,
      slug: show,
      facts: changedFacts(before, after.get(id)?.facts ?? []),
      claims: (saidAfter.get(id)?.length ?? 0) - (said.get(showId ?? 0)?.length ?? 0),
      events: (eventsAfter.get(id) ?? 0) - (eventsBefore.get(id) ?? 0),
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
  return landed
}

function checked(claim: ClaimRecord, today: Day): ParsedClaim {
  const result = checkClaim(claim, today)
  if (!result.ok) throw new LeftOut(result.problems[0] ?? 'a claim could not be written')
  return result.claim
}
