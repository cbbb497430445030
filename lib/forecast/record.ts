/** Pure. The record that came with this release: how forecasts would have fared, until enough were made to tell. */
import type { Backtest, ClassRecord } from './backtest'
import written from './backtest.json'

/** The backtest of the shipped model, as `forecast backtest` wrote it. */
export const BACKTEST: Backtest = written as Backtest

/** Fewer waits say nothing of how often windows hold. */
const TRIED_MIN = 30

/** How well a class's windows held; null where too few tell. */
export function heldOf(record: ClassRecord | undefined): { covered80: number; n: number } | null {
  if (!record || record.gap.n < TRIED_MIN || record.gap.covered80 === null) return null
  return { covered80: record.gap.covered80, n: record.gap.n }
}

/** What changed between versions of the model, the newest first. */
export const VERSIONS: readonly { on: string; what: string }[] = [
  {
    on: '2026-12-01',
    what: 'The first version: learned from the catalogue this release came with, and its windows widened by how they held on later years.',
  },
]
