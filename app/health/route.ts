import { getHealth } from '@/lib/operations/health'

/**
 * 200 as long as this process lives, at once, with what it knows of its database. Whoever wants to know whether all
 * work is done asks /ready. Never cached.
 */
export async function GET(request: Request): Promise<Response> {
  const headers = { 'cache-control': 'no-store' }
  // Reading the request keeps the build from answering for the running site.
  if (!request.url) return new Response(null, { status: 400, headers })
  const { database, holds } = await getHealth(new Date())
  const { catalogueVersion, ...counts } = holds ?? { catalogueVersion: undefined }
  return Response.json(
    { status: 'ok', database, ...counts, catalogue_version: catalogueVersion },
    { headers },
  )
}
