/** The model that came with this release: what it is called, and the SHA-256 of it and its calibration, by which a forecast names it. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LaterByClass } from './later'
import { classesKnown } from './learn-catalogue'
import { type ForecastModel, readModel } from './model'
import { Rates } from './rates'
import { BACKTEST } from './record'

export const MODEL_FILE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), 'model.json')

/** A model ready to speak. */
export interface Forecaster {
  name: string
  hash: string
  model: ForecastModel
  rates: Rates
  classes: ReadonlySet<string>
  /** How later years calibrate it, as its backtest found. */
  later: LaterByClass
}

/** A model made ready under the name of its text. */
export function forecasterOf(text: string, later: LaterByClass = BACKTEST.later): Forecaster {
  const hash = createHash('sha256').update(text).update(JSON.stringify(later)).digest('hex')
  const model = readModel(text)
  return {
    name: `catalogue-${hash.slice(0, 8)}`,
    hash,
    model,
    rates: new Rates([model.counts]),
    classes: classesKnown(model),
    later,
  }
}

/** Reads a model's file. @throws where it holds none */
export const loadForecaster = (file = MODEL_FILE): Forecaster => forecasterOf(readFileSync(file, 'utf8'))
