/** Which providers the worker asks by itself, and when. */
import { fromEnv } from '@/lib/shared/env'
import { providerNamed } from './registry'
import type { Provider } from './types'

/** The minute of every hour at which they are asked, in UTC; away from the hour's beginning, when everybody asks. */
export const MINUTE = 41

const HOUR_MS = 3_600_000

/** The providers an operator switched on and that can be asked; none by itself. */
export const switchedOn = (): Provider[] =>
  (fromEnv('GREENLIT_SYNC') ?? '')
    .split(',')
    .flatMap((name) => providerNamed(name.trim()) ?? [])
    .filter((provider) => provider.lacks() === null)

/** When they are asked next, after `now`. */
export function nextRunAt(now: Date): Date {
  const minuteMs = MINUTE * 60_000
  return new Date((Math.floor((now.getTime() - minuteMs) / HOUR_MS) + 1) * HOUR_MS + minuteMs)
}
