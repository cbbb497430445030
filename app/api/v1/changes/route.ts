import { apiChange, readSince } from '@/lib/feeds/api'
import { getChanges } from '@/lib/ledger/queries'
import { answering, problem, replyJson } from '@/lib/shared/problem'

const CHANGES_PER_PAGE = 100

/** Real changes of status or date, newest first. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url)
  const since = readSince(searchParams.get('since'))
  if (!since.ok) return problem(400, since.reason, 'since')
  return answering(request, async () => {
    const { items, next, broken } = await getChanges({
      since: since.value,
      cursor: searchParams.get('cursor'),
      limit: CHANGES_PER_PAGE,
    })
    if (broken) return problem(400, 'The cursor is not one this API has given out.', 'cursor')
    return replyJson(request, { results: items.map(apiChange), next_cursor: next })
  })
}
