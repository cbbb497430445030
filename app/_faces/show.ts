import { readSeasonNumber } from '@/lib/feeds/api'
import { getShowPage } from '@/lib/pages/show'
import type { ShowPage } from '@/lib/pages/types'
import { answering, plainRefusal, reply } from '@/lib/shared/problem'
import { siteUrl } from '@/lib/shared/site'
import { isSlug } from '@/lib/shared/slug'

/** The show of a slug; null also for text that can be no slug, without asking the database. */
export async function findShow(slug: string): Promise<ShowPage | null> {
  return isSlug(slug) ? getShowPage(slug) : null
}

/** What a face may ask of its request beside the show. */
export interface FaceAsked {
  site: string
  /** Windows too, in a calendar: `?windows=1`. */
  windows: boolean
}

/** True where a calendar's address asks for windows. */
export const wantsWindows = (request: Request) => new URL(request.url).searchParams.get('windows') === '1'

/** A GET handler for a text face of a show: feed, calendar, answer. */
export function showFace(contentType: string, write: (show: ShowPage, asked: FaceAsked) => string) {
  return async (request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> => {
    const { slug } = await params
    return answering(
      request,
      async () => {
        const show = await findShow(slug)
        if (!show) return plainRefusal(404, 'No show has this address. Search for it at /search.')
        const asked = { site: siteUrl(), windows: wantsWindows(request) }
        return reply(request, write(show, asked), contentType)
      },
      plainRefusal,
    )
  }
}

/** The same for one season of a show. */
export function seasonFace(
  contentType: string,
  write: (show: ShowPage, season: number, asked: FaceAsked) => string,
) {
  return async (
    request: Request,
    { params }: { params: Promise<{ slug: string; n: string }> },
  ): Promise<Response> => {
    const { slug, n } = await params
    return answering(
      request,
      async () => {
        const number = readSeasonNumber(n)
        const show = number === null ? null : await findShow(slug)
        if (number === null || !show?.seasons.some((season) => season.number === number))
          return plainRefusal(404, 'No season has this address. Search for its show at /search.')
        const asked = { site: siteUrl(), windows: wantsWindows(request) }
        return reply(request, write(show, number, asked), contentType)
      },
      plainRefusal,
    )
  }
}
