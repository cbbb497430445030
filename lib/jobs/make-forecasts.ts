import 'server-only'
import { makeForecasts as make, scoreForecasts } from '@/lib/forecast/commands'
import { dayOf } from '@/lib/shared/day'
import { NOTHING } from '@/lib/shared/enqueue'
import type { Job } from './job'

/**
 * Writes down what became of forecasts, and makes those that are due: each season's once a week, and at once when it was
 * ordered, so the clock asks every night.
 */
export const makeForecasts: Job = {
  id: 'make-forecasts',
  payload: NOTHING,
  at: '50 1 * * *',
  missed: '1d',
  async run() {
    const today = dayOf(new Date())
    await scoreForecasts(today)
    await make(today)
  },
}
