import { posterMarkup } from '@/app/_components/poster/markup'
import { coverSubject, posterRow } from '@/app/_components/poster/rules'
import { apiFound, readCount } from '@/lib/feeds/api'
import { searchBeyond } from '@/lib/search/beyond-names'
import { isFar } from '@/lib/search/nearness'
import { searchRows } from '@/lib/search/queries'
import { queryProblem } from '@/lib/search/query'
import { answering, problem, replyJson } from '@/lib/shared/problem'

/**
 * Shows by name, in any script, typing errors forgiven, each with how it stands. `covers=1` is our own search box's: it
 * adds the small drawing of each, and where no show has such a name the lists of a person or premise that has.
 */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url)
  const query = searchParams.get('q') ?? ''
  const wrong = queryProblem(query)
  if (wrong) return problem(400, wrong, 'q')
  const limit = readCount(searchParams.get('limit'), 1, 50, 10)
  if (!limit.ok) return problem(400, limit.reason, 'limit')
  return answering(request, async () => {
    const rows = await searchRows(query, limit.value)
    const results = rows.map(apiFound)
    if (searchParams.get('covers') !== '1') return replyJson(request, { results })
    const covers = posterRow(rows.map(coverSubject))
    const groups = isFar(rows) ? await searchBeyond(query) : []
    return replyJson(request, {
      results: results.map((result, i) => ({ ...result, cover: posterMarkup(covers[i]!) })),
      also: groups.map(({ words, path, total }) => ({ words, path, total })),
    })
  })
}
