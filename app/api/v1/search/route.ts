import { readCount } from '@/lib/feeds/api'
import { searchShows } from '@/lib/search/queries'
import { queryProblem } from '@/lib/search/query'
import { answering, problem, replyJson } from '@/lib/shared/problem'

/** Shows by name, in any script, typing errors forgiven. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url)
  const query = searchParams.get('q') ?? ''
  const wrong = queryProblem(query)
  if (wrong) return problem(400, wrong, 'q')
  const limit = readCount(searchParams.get('limit'), 1, 50, 10)
  if (!limit.ok) return problem(400, limit.reason, 'limit')
  return answering(request, async () =>
    replyJson(request, { results: await searchShows(query, limit.value) }),
  )
}
