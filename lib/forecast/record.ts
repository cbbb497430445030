/** Pure. The record that came with this release: how forecasts would have fared, until enough were made to tell. */
import type { Backtest } from './backtest'
import written from './backtest.json'

/** The backtest of the shipped model, as `forecast backtest` wrote it. */
export const BACKTEST: Backtest = written as Backtest
