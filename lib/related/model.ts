/** Learned numbers as a small file: written short, checked when read. */
import { z } from 'zod'
import { FEATURES, type Mode } from './engine'
import type { Learned } from './learn'
import { TASTE_SIZE } from './taste'

const forest = z.object({
  depth: z.number().int().min(1).max(8),
  names: z.array(z.string()),
  features: z.array(z.number().int().min(0)),
  /** A node that asks nothing has null: everything goes left. */
  thresholds: z.array(z.number().nullable()),
  leaves: z.array(z.number()),
})
const model = z.object({
  taste: z.record(z.string(), z.array(z.number()).length(TASTE_SIZE)),
  content: forest,
  pairs: forest,
})

/** A model as it is kept: one taste, and for each mode the features it was learned with, by name, and its trees. */
export type ModelFile = z.infer<typeof model>

export type Models = Record<Mode, Learned>

const short = (value: number, digits: number) => Number(value.toPrecision(digits))

/** What was learned as it is kept. The taste is learned from facts alone, the same chance gives both modes the same. */
export function written(models: Models): ModelFile {
  const kept = (mode: Mode) => {
    const { depth, features, thresholds, leaves } = models[mode].forest
    return {
      depth,
      names: [...FEATURES[mode]],
      features: Array.from(features),
      thresholds: Array.from(thresholds, (value) => (value > 1e30 ? null : short(value, 6))),
      leaves: Array.from(leaves, (value) => short(value, 4)),
    }
  }
  const terms = Object.entries(models.content.taste).map(
    ([id, numbers]) => [id, numbers.map((value) => short(value, 3))] as const,
  )
  return { taste: Object.fromEntries(terms), content: kept('content'), pairs: kept('pairs') }
}

/** The forests of a kept model; one learned with other features than these is refused. */
export function readModel(value: unknown): Models {
  const file = model.parse(value)
  const read = (mode: Mode): Learned => {
    const { depth, names, features, thresholds, leaves } = file[mode]
    const inner = 2 ** depth - 1
    const trees = features.length / inner
    if (names.join() !== FEATURES[mode].join())
      throw new Error('the model was learned with other features: run `related train` again')
    if (thresholds.length !== trees * inner || leaves.length !== trees * (inner + 1))
      throw new Error('the model is cut off')
    const forest = {
      depth,
      features: Uint8Array.from(features),
      thresholds: Float64Array.from(thresholds, (threshold) => threshold ?? Number.MAX_VALUE),
      leaves: Float64Array.from(leaves),
    }
    return { forest, taste: file.taste }
  }
  return { content: read('content'), pairs: read('pairs') }
}
