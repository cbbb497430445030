import { apiListedShow, readParameters } from '@/lib/feeds/api'
import { parseBrowseFilter } from '@/lib/lists/browse'
import { browseShows } from '@/lib/lists/queries'
import { answering, problem, replyJson } from '@/lib/shared/problem'

/** Shows, filtered, a page at a time. */
export async function GET(request: Request): Promise<Response> {
  const parsed = parseBrowseFilter(readParameters(new URL(request.url).searchParams))
  if (!parsed.ok) return problem(400, `This list cannot be filtered so: ${parsed.reason}.`)
  return answering(request, async () => {
    const { items, next, total } = await browseShows(parsed.filter)
    return replyJson(request, { results: items.map(apiListedShow), next_cursor: next, total })
  })
}
