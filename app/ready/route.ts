import { getReadiness } from '@/lib/operations/readiness'

const RETRY_AFTER_SECONDS = '10'

/**
 * 200 where this installation does all of its work (a row can be written, a worker was seen within two minutes, no mail
 * is stuck), else 503; either way with each check by its name and how long it took. Never cached.
 */
export async function GET(request: Request): Promise<Response> {
  const headers = { 'cache-control': 'no-store' }
  // Reading the request keeps the build from answering for the running site.
  if (!request.url) return new Response(null, { status: 400, headers })
  const { ready, checks } = await getReadiness(new Date())
  const body = {
    status: ready ? 'ready' : 'not-ready',
    checks: {
      database: checks.database,
      worker: named(checks.worker, 'ageSeconds', 'age_seconds'),
      mail: named(checks.mail, 'oldestDueSeconds', 'oldest_due_seconds'),
      queue: checks.queue,
    },
  }
  return Response.json(body, {
    status: ready ? 200 : 503,
    headers: ready ? headers : { ...headers, 'retry-after': RETRY_AFTER_SECONDS },
  })
}

/** The same object with one name as the outside writes it. */
function named<T extends object>(check: T, ours: keyof T, theirs: string): object {
  const { [ours]: value, ...rest } = check
  return { ...rest, [theirs]: value }
}
