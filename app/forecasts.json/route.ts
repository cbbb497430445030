import { readRecord, readScored } from '@/lib/forecast/queries'
import { BACKTEST } from '@/lib/forecast/record'
import { answering, replyJson } from '@/lib/shared/problem'

/** The record of our estimates as data: the backtest, and what became of those that were made. */
export async function GET(request: Request): Promise<Response> {
  return answering(request, async () => {
    const [live, scored] = await Promise.all([readRecord(), readScored()])
    return replyJson(request, { backtest: BACKTEST, live, scored })
  })
}
