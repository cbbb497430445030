import 'server-only'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { listFollowedTogether } from '@/lib/follows/queries'
import { indexTitles, type RelatedIndex } from './compared'
import type { CardModel } from './estimate'
import { readCardModel } from './model'
import { loadNamedPairs, loadTitles } from './queries'

/** Where the learned order of the cards is kept; `related train-cards` makes it. */
export const CARD_MODEL_FILE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), 'card-model.json')

let model: CardModel | null = null

/** The order of the cards of this release, read once. Throws where there is none: cards without it would be others. */
function shippedCardModel(): CardModel {
  if (!existsSync(CARD_MODEL_FILE)) throw new Error('there is no card model: run `related train-cards`')
  model ??= readCardModel(JSON.parse(readFileSync(CARD_MODEL_FILE, 'utf8')))
  return model
}

/** The whole catalogue and all that people say of it, made ready for ranking. */
export async function loadIndex(): Promise<RelatedIndex> {
  const [titles, follows, pairs] = await Promise.all([loadTitles(), listFollowedTogether(), loadNamedPairs()])
  return indexTitles(titles, { follows, pairs, learned: shippedCardModel() })
}
