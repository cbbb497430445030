/** A learned forecast as a file keeps it: weights, trees, counts and waits; no title and no show's key. */
import { z } from 'zod'
import { FEATURES } from './features'
import type { Gaps } from './gaps'
import type { Counts } from './rates'
import type { Renewal } from './renewal'

export interface ForecastModel {
  version: 1
  /** The features by code: a model for others is refused. */
  features: string[]
  renewal: Renewal
  /** Null where too few seasons came back to learn from. */
  gaps: Gaps | null
  counts: Counts
  /** By source, what is usual of each feature, and so no reason. */
  usual: Record<string, number[]>
}

export const featureCodes = (): string[] => FEATURES.map(({ code }) => code)

const numbers = z.array(z.number())
// A forest is walked through for every forecast: typed arrays take a third of the time that lists do.
const forest = z.object({
  depth: z.int(),
  features: numbers.transform((list) => Uint16Array.from(list)),
  thresholds: numbers.transform((list) => Float64Array.from(list)),
  leaves: numbers.transform((list) => Float64Array.from(list)),
})
const grown = z.object({ forest, start: z.number() })
const triple = z.tuple([z.number(), z.number(), z.number()])

const written = z.object({
  version: z.literal(1),
  features: z.array(z.string()),
  renewal: z.object({
    forest,
    start: z.number(),
    hazard: z.object({
      bounds: z.array(numbers.nullable()),
      weights: z.record(z.string(), z.number()),
    }),
    calibration: z.record(z.string(), z.tuple([z.number(), z.number()])),
  }),
  gaps: z
    .object({
      said: z.array(grown),
      off: grown,
      neighbours: z.object({
        classes: z.array(z.string()),
        classOf: numbers,
        logSaid: numbers,
        logOff: numbers,
        lastGap: numbers,
        gapDays: numbers,
      }),
      levels: z.record(z.string(), triple),
      centre: z.record(z.string(), z.enum(['median', 'shorth'])),
    })
    .nullable(),
  counts: z.record(
    z.string(),
    z.object({
      until: z.number().nullable(),
      months: z.record(z.string(), z.tuple([z.number(), z.number(), z.number(), z.number()])),
    }),
  ),
  usual: z.record(z.string(), numbers),
})

/** The model as JSON text; the same model gives the same text. */
export function writeModel(model: ForecastModel): string {
  return JSON.stringify(model, (_, value: unknown) => {
    if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array, short)
    return typeof value === 'number' ? short(value) : value
  })
}

/** Digits beyond these tell nothing; thresholds are cut below what a Float32 tells apart. */
const short = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(9)))

/** Reads a model that `writeModel` wrote; anything else is refused with a sentence. */
export function readModel(text: string): ForecastModel {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Error('it is not JSON')
  }
  const read = written.safeParse(value)
  if (!read.success) {
    const { path, message } = read.error.issues[0]!
    throw new Error(`it is no forecast model: ${path.join('.') || 'it'}: ${message.toLowerCase()}`)
  }
  const { data } = read
  if (data.features.join() !== featureCodes().join())
    throw new Error('it was learned from other features than this version measures: train it anew')
  return data as ForecastModel
}
