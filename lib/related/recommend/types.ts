/** What one reader made of one title: followed, rated or finished it. */
export interface Interaction {
  user: string
  item: string
  value: number
}

/** Adds up, for one reader, a number for every title: the higher, the sooner it is recommended. */
export type Scorer = (reader: number, into: Float64Array) => void

/** How well lists name what was held out; means over readers. */
export interface Figures {
  'recall@20': number
  'recall@50': number
  'ndcg@100': number
}
