import type { TrackStep } from '@/lib/status/types'

const SHOOTING: TrackStep['step'][] = ['filming', 'wrapped']

/**
 * The steps of a season's track that can be drawn: what shooting implies is behind it (whoever has filmed had an order
 * and was filming), what is not known of the way it came is left out, and what is `ahead` is shown.
 */
export function drawnSteps(steps: TrackStep[], ahead: boolean): TrackStep[] {
  const last = steps.findLastIndex(({ state }) => state !== 'open')
  const shot = steps.findLastIndex(({ step, state }) => SHOOTING.includes(step) && state !== 'open')
  return steps.flatMap((step, i): TrackStep[] => {
    if (step.state !== 'open') return [step]
    if (i < shot) return [{ ...step, state: 'done' }]
    return i > last && ahead ? [step] : []
  })
}
