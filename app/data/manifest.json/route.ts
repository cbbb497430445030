import { getExports } from '@/lib/open-data/queries'
import { answering, problem, reply } from '@/lib/shared/problem'

/** What the newest export holds: rows, bytes and checksums of its files, their terms, and what is left out. */
export async function GET(request: Request): Promise<Response> {
  return answering(request, async () => {
    const [newest] = await getExports()
    return newest
      ? reply(request, newest.text, 'application/json; charset=utf-8')
      : problem(404, 'There is no export yet. /data says when the first one comes.')
  })
}
