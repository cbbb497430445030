import { setTimeout as sleep } from 'node:timers/promises'
import { importCatalogue } from '@/lib/catalogue/commands'
import { recordClaims } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { send } from '@/lib/shared/http'
import { politeClient } from '@/lib/sources/client'
import { providerNamed, providers } from '@/lib/sources/registry'
import { type Progress, syncProvider, type Which } from '@/lib/sources/sync'
import type { Provider } from '@/lib/sources/types'
import { answerWanted } from '@/lib/wanted/commands'
import { CommandError, type Run, UsageError } from './command-line'

const IDS_MAX = 10_000
const TOLD_EVERY_MS = 1_000
const BAR_CELLS = 24

/** The shows a call means; without a word of them, what has changed. */
function whichOf(provider: Provider, ids: string | undefined, flags: Set<string>): Which {
  const ways = [
    ids !== undefined && '--ids',
    flags.has('updated') && '--updated',
    flags.has('all') && '--all',
  ]
  const given = ways.filter((way) => way !== false)
  if (given.length > 1) throw new UsageError(`${given.join(' and ')} say different things`)
  if (flags.has('all')) return 'all'
  if (ids === undefined) return 'updated'
  const list = [...new Set(ids.split(',').map((id) => id.trim()))].filter(Boolean)
  if (list.length === 0) throw new UsageError('--ids names none')
  if (list.length > IDS_MAX) throw new UsageError(`--ids names more than ${IDS_MAX}`)
  const wrong = list.find((id) => !provider.isId(id))
  if (wrong !== undefined)
    throw new UsageError(`${JSON.stringify(wrong.slice(0, 40))} is no id of ${provider.title}`)
  return { ids: list }
}

/** Two digits of everything: a line of progress is read in passing. */
const span = (ms: number) => {
  const seconds = Math.max(0, Math.round(ms / 1000))
  return seconds < 90
    ? `${seconds} s`
    : seconds < 5400
      ? `${Math.round(seconds / 60)} min`
      : `${Math.round(seconds / 3600)} h`
}

/** A line of progress: a bar, how many, how fast, how long still. */
export function progressLine(title: string, { asked, left, elapsedMs }: Progress): string {
  const whole = asked + left
  const cells = whole === 0 ? BAR_CELLS : Math.floor((asked / whole) * BAR_CELLS)
  const perSecond = elapsedMs > 0 ? asked / (elapsedMs / 1000) : 0
  const remaining = perSecond > 0 ? `, ${span((left / perSecond) * 1000)} left` : ''
  const bar = `${'#'.repeat(cells)}${'.'.repeat(BAR_CELLS - cells)}`
  return `${title} [${bar}] ${asked} of ${whole}, ${perSecond.toFixed(1)}/s${remaining}`
}

/**
 * `sync PROVIDER [--ids a,b | --updated | --all] [--json]`: asks a provider of facts and ends when what it said is written
 * down. Answers that cannot be used are named on standard error and change nothing. Status 1 where the provider could
 * not be asked, and where it has nothing for any of the ids named.
 */
export const run: Run = async ({ words, options, flags }, { out, err, now: calledAt }) => {
  const [name = ''] = words
  const provider = providerNamed(name)
  if (!provider) {
    const names = providers.map((one) => one.name).join(', ')
    throw new UsageError(`there is no provider ${JSON.stringify(name.slice(0, 40))}; there are ${names}`)
  }
  const which = whichOf(provider, options.ids, flags)
  const lacks = provider.lacks()
  if (lacks !== null) throw new CommandError(lacks)
  const startedMs = performance.now()
  const now = () => new Date(calledAt.getTime() + performance.now() - startedMs)
  let toldMs = 0
  const result = await syncProvider(provider, which, {
    ask: politeClient(provider, { send, nowMs: () => Date.now(), sleep: (ms) => sleep(ms) }),
    write: { importCatalogue, recordClaims, deriveStates, answerWanted },
    now,
    report: err,
    progress: (progress) => {
      if (progress.left > 0 && Date.now() - toldMs < TOLD_EVERY_MS) return
      toldMs = Date.now()
      err(progressLine(provider.title, progress))
    },
  })
  const { asked, facts, claims, events, quarantined, gone, says } = result
  if (says !== null && asked === 0) throw new CommandError(says)
  if (flags.has('json')) out(JSON.stringify({ asked, facts, claims, events, quarantined }))
  else
    out(
      `${asked} shows asked of ${provider.title}: ${facts} facts, ${claims} claims and ${events} events are new, ${quarantined} answers were left out`,
    )
  if (says !== null) {
    err(`greenlit: ${provider.title} was not read to the end: ${says}`)
    return 1
  }
  if (typeof which === 'object' && gone.length === which.ids.length) {
    err(`greenlit: ${provider.title} has no show ${gone.slice(0, 5).join(', ')}`)
    return 1
  }
  return 0
}
