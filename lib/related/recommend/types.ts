/** What one reader made of one title: followed, rated or finished it. */
export interface Interaction {
  user: string
  item: string
  value: number
}

/** A matrix of which only what is not zero is kept, row after row; within a row columns ascend. */
export interface SparseRows {
  /** Where each row begins, and after the last one where it ends. */
  start: Int32Array
  column: Int32Array
  value: Float64Array
  columns: number
}

/** Adds up, for one reader, a number for every title: the higher, the sooner it is recommended. */
export type Scorer = (reader: number, into: Float64Array) => void

/** How well lists name what was held out; means over readers. */
export interface Figures {
  'recall@20': number
  'recall@50': number
  'ndcg@100': number
}
