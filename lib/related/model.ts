/** Learned numbers as a small file: written short, checked when read. */
import { z } from 'zod'
import { FEATURES, type Mode } from './engine'
import type { Forest } from './trees'

const forest = z.object({
  depth: z.number().int().min(1).max(8),
  names: z.array(z.string()),
  features: z.array(z.number().int().min(0)),
  /** A node that asks nothing has null: everything goes left. */
  thresholds: z.array(z.number().nullable()),
  leaves: z.array(z.number()),
})
const model = z.object({ content: forest, pairs: forest })

/** A model as it is kept: for each mode the features it was learned with, by name, and its trees. */
export type ModelFile = z.infer<typeof model>

export type Models = Record<Mode, Forest>

const short = (value: number, digits: number) => Number(value.toPrecision(digits))

/** A forest as it is kept. */
export function written(mode: Mode, { depth, features, thresholds, leaves }: Forest): ModelFile[Mode] {
  return {
    depth,
    names: [...FEATURES[mode]],
    features: Array.from(features),
    thresholds: Array.from(thresholds, (value) => (value > 1e30 ? null : short(value, 6))),
    leaves: Array.from(leaves, (value) => short(value, 4)),
  }
}

/** The forests of a kept model; one learned with other features than these is refused. */
export function readModel(value: unknown): Models {
  const file = model.parse(value)
  const read = (mode: Mode): Forest => {
    const { depth, names, features, thresholds, leaves } = file[mode]
    const inner = 2 ** depth - 1
    const trees = features.length / inner
    if (names.join() !== FEATURES[mode].join())
      throw new Error('the model was learned with other features: run `related train` again')
    if (thresholds.length !== trees * inner || leaves.length !== trees * (inner + 1))
      throw new Error('the model is cut off')
    return {
      depth,
      features: Uint8Array.from(features),
      thresholds: Float64Array.from(thresholds, (threshold) => threshold ?? Number.MAX_VALUE),
      leaves: Float64Array.from(leaves),
    }
  }
  return { content: read('content'), pairs: read('pairs') }
}
