import 'server-only'
import { buildRelated as build } from '@/lib/related/commands'
import { BUILD_RELATED, type ListsAsked, slugsOf } from '@/lib/related/rebuild'
import { expireTags } from '@/lib/shared/expire-tags'
import { RELATED_TAG, showTag } from '@/lib/shared/tags'
import type { Job } from './job'

/** Builds the related titles of the shows it is told, or of all of them. */
export const buildRelated: Job<ListsAsked> = {
  ...BUILD_RELATED,
  at: '35 0 * * *',
  missed: '1d',
  async run({ showIds }) {
    await build({ showIds })
    await expireTags(showIds ? (await slugsOf(showIds)).map(showTag) : [RELATED_TAG])
  },
}
