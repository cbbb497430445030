import { getHealth } from '@/lib/feeds/queries'

const PATIENCE_MS = 800
const RETRY_AFTER_SECONDS = '5'

/** 200 with what the database holds, 503 where it does not answer within a second. Never cached. */
export async function GET(request: Request): Promise<Response> {
  const headers = { 'cache-control': 'no-store' }
  // Reading the request keeps the build from answering for the running site.
  if (!request.url) return new Response(null, { status: 400, headers })
  try {
    const { catalogueVersion, ...counts } = await getHealth(PATIENCE_MS)
    return Response.json(
      { status: 'ok', database: 'ok', ...counts, catalogue_version: catalogueVersion },
      { headers },
    )
  } catch (error) {
    if (error && typeof error === 'object' && 'digest' in error) throw error
    return Response.json(
      { status: 'unavailable', database: 'away', detail: 'The database does not answer.' },
      { status: 503, headers: { ...headers, 'retry-after': RETRY_AFTER_SECONDS } },
    )
  }
}
