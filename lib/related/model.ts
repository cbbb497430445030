/** Learned numbers as a small file: written short, checked when read. */
import { z } from 'zod'
import type { Forest } from '@/lib/learning/trees'
import { FEATURES, type Mode } from './engine'
import { CARD_FEATURES, type CardModel } from './estimate'
import type { Learned } from './learn'
import { TASTE_SIZE, type Taste } from './taste'

const forest = z.object({
  depth: z.number().int().min(1).max(8),
  names: z.array(z.string()),
  features: z.array(z.number().int().min(0)),
  /** A node that asks nothing has null: everything goes left. */
  thresholds: z.array(z.number().nullable()),
  leaves: z.array(z.number()),
})
const taste = z.record(z.string(), z.array(z.number()).length(TASTE_SIZE))
const model = z.object({ taste, content: forest, pairs: forest })
const scale = z.object({ slope: z.number(), intercept: z.number() })
const cardModel = z.object({ taste, cards: forest, scale })

/** A model as it is kept: one taste, and for each mode the features it was learned with, by name, and its trees. */
export type ModelFile = z.infer<typeof model>
/** The model behind the cards as it is kept. */
export type CardModelFile = z.infer<typeof cardModel>

export type Models = Record<Mode, Learned>

const short = (value: number, digits: number) => Number(value.toPrecision(digits))

const writtenForest = (names: readonly string[], { depth, features, thresholds, leaves }: Forest) => ({
  depth,
  names: [...names],
  features: Array.from(features),
  thresholds: Array.from(thresholds, (value) => (value > 1e30 ? null : short(value, 6))),
  leaves: Array.from(leaves, (value) => short(value, 4)),
})

const writtenTaste = (learned: Taste): Taste =>
  Object.fromEntries(
    Object.entries(learned).map(([id, numbers]) => [id, numbers.map((value) => short(value, 3))]),
  )

/** What was learned as it is kept. The taste is learned from facts alone, the same chance gives both modes the same. */
export const written = (models: Models): ModelFile => ({
  taste: writtenTaste(models.content.taste),
  content: writtenForest(FEATURES.content, models.content.forest),
  pairs: writtenForest(FEATURES.pairs, models.pairs.forest),
})

/** What was learned of cards as it is kept. */
export const writtenCards = ({ taste, forest, scale }: CardModel): CardModelFile => ({
  taste: writtenTaste(taste),
  cards: writtenForest(CARD_FEATURES, forest),
  scale: { slope: short(scale.slope, 4), intercept: short(scale.intercept, 4) },
})

/** A kept forest; one learned with other features than `expected` is refused. */
function readForest(
  { depth, names, features, thresholds, leaves }: z.infer<typeof forest>,
  expected: readonly string[],
): Forest {
  const inner = 2 ** depth - 1
  const trees = features.length / inner
  if (names.join() !== expected.join())
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

/** The forests of a kept model; one learned with other features than these is refused. */
export function readModel(value: unknown): Models {
  const file = model.parse(value)
  const read = (mode: Mode): Learned => ({
    forest: readForest(file[mode], FEATURES[mode]),
    taste: file.taste,
  })
  return { content: read('content'), pairs: read('pairs') }
}

/** What a kept model of cards holds; one learned with other features than these is refused. */
export function readCardModel(value: unknown): CardModel {
  const file = cardModel.parse(value)
  return { forest: readForest(file.cards, CARD_FEATURES), taste: file.taste, scale: file.scale }
}
