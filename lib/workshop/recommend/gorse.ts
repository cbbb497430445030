import type { Interaction } from '@/lib/related/recommend/types'

/** What the engine is told a row means; its configuration names the first as positive feedback, the second as read. */
export const GORSE_FEEDBACK = { liked: 'like', seen: 'seen' } as const

/**
 * Interactions as Gorse imports them (`feedback.jsonl`): a JSON object a line. Its ids may hold no slash, so one
 * that does stops the export.
 */
export function* gorseFeedback(rows: Iterable<Interaction>, min: number): Generator<string> {
  for (const { user, item, value } of rows) {
    for (const [field, id] of Object.entries({ user, item }))
      if (id === '' || id.includes('/'))
        throw new Error(`${field} "${id}" cannot be told to Gorse: its ids are not empty and hold no slash`)
    yield JSON.stringify({
      FeedbackType: value >= min ? GORSE_FEEDBACK.liked : GORSE_FEEDBACK.seen,
      UserId: user,
      ItemId: item,
    })
  }
}
