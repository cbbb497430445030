/**
 * A run over one provider: which shows it is asked for, in which order, and what came of it. Every show is a transaction
 * of its own and how far the provider has been read moves only at the end, so that a run killed at any point is taken up
 * by the next: what was read already bears the stamp it was read with.
 */
import 'server-only'
import { transaction } from '@/db/transaction'
import { noteRun, noteUnchanged, setAside } from './commands'
import { land, type Writers } from './land'
import { inTurn, knownIds, lookAt, readUntil } from './queries'
import type { Ask, Change, Got, Provider } from './types'

/** Which shows are asked for: some by their ids, whatever changed since the last run, or everything there is. */
export type Which = { ids: string[] } | 'updated' | 'all'

/** What a run did. */
export interface SyncResult {
  asked: number
  facts: number
  claims: number
  events: number
  quarantined: number
  /** Ids the provider has nothing for. */
  gone: string[]
  /** What ended the run before its time, in a sentence; null where it came to its end. */
  says: string | null
}

/** How far a run is. */
export interface Progress {
  asked: number
  left: number
  elapsedMs: number
}

export interface SyncOptions {
  ask: Ask
  write: Writers
  now: () => Date
  /** Hears of every answer that could not be used, and why. */
  report?: (message: string) => void
  progress?: (progress: Progress) => void
  /** Ends the run after the show it is at. */
  signal?: AbortSignal
}

/** How often a run writes down how far it is. */
const NOTED_EVERY = 50

/** The shows to ask for, in their order. */
async function meant(
  provider: Provider,
  which: Which,
  { ask, now }: SyncOptions,
): Promise<{ ok: true; value: Change[]; asked: boolean } | Exclude<Got<Change[]>, { ok: true }>> {
  const all = (value: Change[], asked = true) => ({ ok: true, value, asked }) as const
  if (typeof which === 'object')
    return all(
      which.ids.map((id) => ({ id, stamp: null })),
      false,
    )
  const since = which === 'all' ? null : await readUntil(provider.name)
  const got = await provider.changedSince(since, ask, now())
  if (!got.ok) return got
  // A provider that cannot say what changed is asked for the shows we know it by.
  if (got.value === null) return all(await inTurn(provider, await knownIds(provider.ids[0] as string)), false)
  return all(await (which === 'all' ? everyOne(provider, got.value) : inTurn(provider, got.value)))
}

/** All of them, read before or not: in turn, each with its stamp. */
async function everyOne(provider: Provider, changes: Change[]): Promise<Change[]> {
  const stamps = new Map(changes.map(({ id, stamp }) => [id, stamp]))
  const ordered = await inTurn(
    provider,
    changes.map((change) => ({ ...change, stamp: null })),
  )
  return ordered.map(({ id }) => ({ id, stamp: stamps.get(id) ?? null }))
}

/**
 * Asks a provider and writes down what it says. Ends early, with a sentence, where the provider does not answer: what
 * was written stands, and the next run goes on from there.
 */
export async function syncProvider(
  provider: Provider,
  which: Which,
  options: SyncOptions,
): Promise<SyncResult> {
  const { ask, write, now, report = () => {}, progress = () => {}, signal } = options
  const startedAt = now()
  const result: SyncResult = {
    asked: 0,
    facts: 0,
    claims: 0,
    events: 0,
    quarantined: 0,
    gone: [],
    says: null,
  }
  const note = (left: number, ended: boolean) =>
    transaction(
      () =>
        noteRun(provider.name, {
          startedAt,
          endedAt: ended ? now() : null,
          asked: result.asked,
          left,
          says: result.says,
          readUntil: ended && result.says === null && typeof which === 'string' ? startedAt : null,
        }),
      { idempotent: true },
    )
  const list = await meant(provider, which, options)
  if (!list.ok) {
    result.says = list.kind === 'unchanged' ? null : list.reason
    await note(0, true)
    return result
  }
  const isConditional = which === 'updated'
  // Answers that did not come: the fault of a show where others answer, of the provider where none does.
  const silent: { id: string; reason: string }[] = []
  let answered = list.asked
  for (const [index, change] of list.value.entries()) {
    const left = list.value.length - index
    if (signal?.aborted) result.says = 'it was stopped'
    if (result.says !== null) {
      await note(left, true)
      return result
    }
    await askFor(change)
    if (answered) await setSilentAside()
    if (result.asked > 0)
      progress({ asked: result.asked, left: left - 1, elapsedMs: now().getTime() - startedAt.getTime() })
    if (result.asked % NOTED_EVERY === 0) await note(left - 1, false)
  }
  if (silent[0]) result.says ??= silent[0].reason
  await note(0, true)
  return result

  async function setSilentAside(): Promise<void> {
    for (const { id, reason } of silent.splice(0)) {
      await transaction(
        () => setAside({ provider: provider.name, id }, { reason, bodyHash: null, now: now() }),
        {
          idempotent: true,
        },
      )
      result.asked++
      leftOut(id, reason)
    }
  }

  async function askFor({ id, stamp }: Change): Promise<void> {
    const of = { provider: provider.name, id }
    const known = isConditional ? await lookAt(provider.name, id) : null
    const got = await provider.show(id, ask, { etag: known?.etag ?? null })
    if (!got.ok && got.kind === 'unreachable') {
      if (got.closed) result.says = got.reason
      else silent.push({ id, reason: got.reason })
      return
    }
    answered = true
    result.asked++
    if (got.ok) {
      const landed = await land(got.value, provider, { now: now(), stamp, etag: got.etag, write })
      if (landed.ok) {
        result.facts += landed.facts
        result.claims += landed.claims
        result.events += landed.events
      } else leftOut(id, landed.reason)
      return
    }
    if (got.kind === 'unchanged') {
      await transaction(() => noteUnchanged(of, { now: now(), stamp }), { idempotent: true })
      return
    }
    if (got.kind === 'gone') result.gone.push(id)
    const bodyHash = got.kind === 'unreadable' ? got.bodyHash : null
    await transaction(() => setAside(of, { reason: got.reason, bodyHash, now: now() }), { idempotent: true })
    leftOut(id, got.reason)
  }

  function leftOut(id: string, reason: string): void {
    result.quarantined++
    report(`${provider.name}:${id}: ${reason}`)
  }
}
