import { STORY_MOTIFS } from './story-motifs'
import { WORLD_MOTIFS } from './world-motifs'

/** The drawings on our posters, by name: bold flat shapes in a box of 100 × 100. */
export const MOTIFS = { ...STORY_MOTIFS, ...WORLD_MOTIFS }

export type Motif = keyof typeof MOTIFS
