/**
 * A run over one provider: which shows it is asked for, in which order, and what came of it. Answers are
 * written a few to a transaction and how far the provider has been read moves only at the end, so that a run killed at any point is taken up
 * by the next: what was read already bears the stamp it was read with.
 */
import 'server-only'
import { transaction } from '@/db/transaction'
import { decidedIds } from '@/lib/identity/queries'
import { noteRun, noteUnchanged, setAside } from './commands'
import { type Answered, land, type Writers } from './land'
import { inTurn, knownIds, lastLooks, readUntil } from './queries'
import type { Ask, Change, Got, Look, Provider } from './types'

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
  /** Ends the run after the shows it is at. */
  signal?: AbortSignal
  /** How many answers are written in one transaction at most. */
  together?: number
}

/** Written in one transaction: whoever approves a claim waits a second for a show's turn, and a batch is over in a part of that. */
const TOGETHER = 40
/** What was read is written after so long at the latest: a page shows it within three seconds. */
const WAITS_MS_MAX = 1_500
/** Requests under way at once to an operator's own server; others are asked one by one. */
const AT_ONCE = 8

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
  const changes = await withDecided(provider, got.value)
  return all(await (which === 'all' ? everyOne(provider, changes) : inTurn(provider, changes)))
}

/** With what a person has decided about since it was set aside: that is asked for whether it changed or not. */
async function withDecided({ ids: [namespace = ''] }: Provider, changes: Change[]): Promise<Change[]> {
  const given = new Set(changes.map(({ id }) => id))
  const decided = (await decidedIds(namespace)).filter((id) => !given.has(id))
  return [...changes, ...decided.map((id) => ({ id, stamp: null }))]
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
  return new SyncRun(provider, which, options).run()
}

class SyncRun {
  private readonly startedAt: Date
  private readonly result: SyncResult = {
    asked: 0,
    facts: 0,
    claims: 0,
    events: 0,
    quarantined: 0,
    gone: [],
    says: null,
  }
  /** Answers that were read and are not written yet, and since when. */
  private waiting: Answered[] = []
  private waitingSinceMs = 0
  /** Answers that did not come: the fault of a show where others answer, of the provider where none does. */
  private silent: { id: string; reason: string }[] = []
  private hasAnswered = false

  constructor(
    private readonly provider: Provider,
    private readonly which: Which,
    private readonly options: SyncOptions,
  ) {
    this.startedAt = options.now()
  }

  async run(): Promise<SyncResult> {
    const { provider, result, options } = this
    const list = await meant(provider, this.which, options)
    if (!list.ok) {
      result.says = list.kind === 'unchanged' ? null : list.reason
      await this.note(0, true)
      return result
    }
    this.hasAnswered = list.asked
    const width = provider.base().every(({ own }) => !own) ? AT_ONCE : 1
    let left = list.value.length
    for (let at = 0; at < list.value.length && result.says === null; at += width) {
      if (options.signal?.aborted) result.says = 'it was stopped'
      else {
        const wave = list.value.slice(at, at + width)
        await this.askFor(wave)
        left -= wave.length
        await this.writeWhenDue(left)
      }
    }
    await this.write()
    this.tell(left)
    if (this.silent[0]) result.says ??= this.silent[0].reason
    await this.note(left, true)
    return result
  }

  /** Asks for some shows at once, and takes their answers in order. */
  private async askFor(wave: Change[]): Promise<void> {
    const { provider, options } = this
    const isConditional = this.which === 'updated'
    const ids = wave.map(({ id }) => id)
    const known = isConditional ? await lastLooks(provider.name, ids) : new Map()
    const answers = await Promise.all(
      ids.map((id) => provider.show(id, options.ask, { etag: known.get(id)?.etag ?? null })),
    )
    for (const [place, change] of wave.entries()) await this.take(change, answers[place] as Got<Look>)
  }

  private async take({ id, stamp }: Change, got: Got<Look>): Promise<void> {
    const { result, provider, options } = this
    if (!got.ok && got.kind === 'unreachable') {
      if (got.closed) result.says ??= got.reason
      else this.silent.push({ id, reason: got.reason })
      return
    }
    this.hasAnswered = true
    result.asked++
    if (got.ok) {
      if (this.waiting.length === 0) this.waitingSinceMs = options.now().getTime()
      this.waiting.push({ look: got.value, stamp, etag: got.etag })
      return
    }
    if (got.kind === 'unchanged') {
      const of = { provider: provider.name, id }
      await transaction(() => noteUnchanged(of, { now: options.now(), stamp }), { idempotent: true })
      return
    }
    if (got.kind === 'gone') result.gone.push(id)
    await this.putAside(id, got.reason, got.kind === 'unreadable' ? got.bodyHash : null)
  }

  private async writeWhenDue(left: number): Promise<void> {
    const { result, options } = this
    if (this.hasAnswered)
      for (const { id, reason } of this.silent.splice(0)) {
        result.asked++
        await this.putAside(id, reason, null)
      }
    const nowMs = options.now().getTime()
    const isDue = this.waiting.length > 0 && nowMs - this.waitingSinceMs >= WAITS_MS_MAX
    if (!isDue && this.waiting.length < (options.together ?? TOGETHER)) return
    await this.write()
    await this.note(left, false)
    this.tell(left)
  }

  private tell(left: number): void {
    const { result, options, startedAt } = this
    if (result.asked > 0)
      options.progress?.({
        asked: result.asked,
        left,
        elapsedMs: options.now().getTime() - startedAt.getTime(),
      })
  }

  /** Writes what was read. */
  private async write(): Promise<void> {
    const { result, provider, options } = this
    const waiting = this.waiting.splice(0)
    if (waiting.length === 0) return
    const landed = await land(waiting, provider, { now: options.now(), write: options.write })
    for (const [place, one] of landed.entries()) {
      if (one.ok) {
        result.facts += one.facts
        result.claims += one.claims
        result.events += one.events
        if (one.unclear !== null) this.leaveOut((waiting[place] as Answered).look.id, one.unclear)
      } else this.leaveOut((waiting[place] as Answered).look.id, one.reason)
    }
  }

  private async putAside(id: string, reason: string, bodyHash: string | null): Promise<void> {
    const { provider, options } = this
    const why = { reason, bodyHash, now: options.now() }
    await transaction(() => setAside({ provider: provider.name, id }, why), { idempotent: true })
    this.leaveOut(id, reason)
  }

  private leaveOut(id: string, reason: string): void {
    this.result.quarantined++
    this.options.report?.(`${this.provider.name}:${id}: ${reason}`)
  }

  private async note(left: number, ended: boolean): Promise<void> {
    const { result, provider, startedAt, options } = this
    const isWhole = ended && result.says === null && typeof this.which === 'string'
    await transaction(
      () =>
        noteRun(provider.name, {
          startedAt,
          endedAt: ended ? options.now() : null,
          asked: result.asked,
          left,
          says: result.says,
          readUntil: isWhole ? startedAt : null,
        }),
      { idempotent: true },
    )
  }
}
