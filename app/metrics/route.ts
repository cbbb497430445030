import { opensMetrics } from '@/lib/operations/access'
import { METRICS_TYPE, renderMetrics } from '@/lib/operations/metrics'
import { PROBLEM_TYPE, problemJson } from '@/lib/shared/problem'

/** Metrics for Prometheus, to METRICS_TOKEN and to this machine; to everybody else there is nothing here. Never cached. */
export async function GET(request: Request): Promise<Response> {
  const headers = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' }
  if (!opensMetrics(request.headers)) {
    const body = problemJson({ status: 404, title: 'Not found', detail: 'There is nothing at this address.' })
    return new Response(body, { status: 404, headers: { ...headers, 'content-type': PROBLEM_TYPE } })
  }
  return new Response(await renderMetrics(new Date()), {
    headers: { ...headers, 'content-type': METRICS_TYPE },
  })
}
