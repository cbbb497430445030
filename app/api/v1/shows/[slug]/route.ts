import { findShow } from '@/app/_faces/show'
import { apiShow } from '@/lib/feeds/api'
import { answering, problem, replyJson } from '@/lib/shared/problem'
import { reads } from '@/lib/shared/reads'
import { cardTag, RELATED_TAG } from '@/lib/shared/tags'

/** A show with its seasons, claims, cast and related titles. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ slug: string }> },
): Promise<Response> {
  const { slug } = await params
  return answering(request, async () => {
    const show = await findShow(slug)
    if (!show) return problem(404, 'No show has this slug. Find it with /api/v1/search?q=', 'slug')
    reads(RELATED_TAG, ...show.related.map((card) => cardTag(card.slug)))
    return replyJson(request, apiShow(show))
  })
}
