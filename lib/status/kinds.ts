/** Which kinds of claim count for what in the rules: one table, so that a new kind is thought through in one place. Pure. */
import type { ClaimKind } from './claim'

/**
 * - `happening`: its date says when the thing happened, not when it is hoped for;
 * - `dates`: it dates a premiere, or says by which season the last one came;
 * - `to-come`: it speaks of a season that has not come;
 * - `orders`: by it a season is ordered, or is taken to be;
 * - `supports`: nobody casts, trails or splits a season that was not ordered; said by a second outlet it confirms a rumour;
 * - `coming`: an order, a script, a cast, a shoot, a date: a season is on its way;
 * - `in-turn`: only a season whose turn it is can get it; whoever says it takes the seasons before for granted.
 */
export type KindTrait = 'happening' | 'dates' | 'to-come' | 'orders' | 'supports' | 'coming' | 'in-turn'

const TRAITS: Record<ClaimKind, readonly KindTrait[]> = {
  announced: ['happening', 'to-come', 'orders', 'coming'],
  renewed: ['happening', 'to-come', 'orders', 'coming'],
  final_season: ['happening', 'orders', 'coming'],
  cancelled: ['happening', 'to-come'],
  ended: ['happening', 'dates'],
  writing: ['to-come', 'supports', 'coming'],
  filming_started: ['happening', 'to-come', 'orders', 'coming', 'in-turn'],
  filming_wrapped: ['happening', 'to-come', 'orders', 'coming', 'in-turn'],
  release_window: ['dates', 'coming', 'in-turn'],
  release_date: ['dates', 'orders', 'coming', 'in-turn'],
  delayed: ['to-come', 'in-turn'],
  split_release: ['supports'],
  episode_count: ['supports'],
  trailer: ['happening', 'supports', 'in-turn'],
  cast_confirmed: ['supports', 'coming', 'in-turn'],
  cast_new: ['supports', 'in-turn'],
  cast_out: ['in-turn'],
  plot_official: ['supports'],
  plot_rumour: [],
  no_news: ['happening', 'to-come', 'in-turn'],
}

/** True of a kind that counts for this. */
export const isKind = (kind: ClaimKind, trait: KindTrait): boolean => TRAITS[kind].includes(trait)
