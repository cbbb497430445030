import { posterMarkup } from '@/app/_components/poster/markup'
import { coverSubject, posterRow } from '@/app/_components/poster/rules'
import { howMany } from '@/app/_components/words'
import { apiFound, readCount } from '@/lib/feeds/api'
import type { ApiFound } from '@/lib/feeds/shapes'
import { type ShowGroup, searchBeyond } from '@/lib/search/beyond-names'
import { isFar } from '@/lib/search/nearness'
import { searchRows } from '@/lib/search/queries'
import { queryProblem } from '@/lib/search/query'
import { resultPath } from '@/lib/search/result-path'
import { answering, problem, replyJson } from '@/lib/shared/problem'

/**
 * Shows by name, in any script, typing errors forgiven, each with how it stands. `covers=1` is our own search box's: it
 * adds what a suggestion shows of each and where it leads; where no show has such a name, the lists of a person or
 * premise that has are suggested in their place.
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
    const groups = isFar(rows) ? await searchBeyond(query) : []
    if (groups.length > 0) return replyJson(request, { results: groups.map(suggestedList) })
    const covers = posterRow(rows.map(coverSubject))
    return replyJson(request, {
      results: results.map((result, i) => ({
        ...result,
        path: resultPath(result),
        facts: factsOf(result),
        cover: posterMarkup(covers[i]!),
      })),
    })
  })
}

const factsOf = ({ season, year, network }: ApiFound) =>
  [season !== null && `Season ${season}`, year, network].filter(Boolean).join(', ')

const suggestedList = ({ words, path, total }: ShowGroup) => ({
  title: words,
  matched: words,
  path,
  facts: howMany(total, 'show'),
  lamp: null,
  says: null,
  cover: '',
})
