import { opensMetrics } from '@/lib/operations/access'
import { METRICS_TYPE, renderMetrics } from '@/lib/operations/metrics'

/** Metrics for Prometheus, to METRICS_TOKEN and to this machine; to everybody else there is nothing here. Never cached. */
export async function GET(request: Request): Promise<Response> {
  const headers = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' }
  if (!opensMetrics(request.headers)) {
    const detail = 'There is nothing at this address.'
    const body = { type: 'about:blank', title: 'Not found', status: 404, detail }
    return new Response(JSON.stringify(body), {
      status: 404,
      headers: { ...headers, 'content-type': 'application/problem+json; charset=utf-8' },
    })
  }
  return new Response(await renderMetrics(new Date()), {
    headers: { ...headers, 'content-type': METRICS_TYPE },
  })
}
