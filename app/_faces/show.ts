import { getShowPage } from '@/lib/catalogue/queries'
import type { ShowPage } from '@/lib/catalogue/types'
import { isSlug } from '@/lib/feeds/api'
import { answering, plainRefusal, reply } from '@/lib/shared/problem'
import { siteUrl } from '@/lib/shared/site'

/** The show of a slug; null also for text that can be no slug, without asking the database. */
export async function findShow(slug: string): Promise<ShowPage | null> {
  return isSlug(slug) ? getShowPage(slug) : null
}

/** A GET handler for a text face of a show: feed, calendar, answer. */
export function showFace(contentType: string, write: (show: ShowPage, site: string) => string) {
  return async (request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> => {
    const { slug } = await params
    return answering(
      request,
      async () => {
        const show = await findShow(slug)
        if (!show) return plainRefusal(404, 'No show has this address. Search for it at /search.')
        return reply(request, write(show, siteUrl()), contentType)
      },
      plainRefusal,
    )
  }
}
