import { auditLedger } from '@/lib/ledger/audit'
import { dayOf } from '@/lib/shared/day'
import type { Run } from './command-line'

/**
 * `ledger audit [--json]`: every sentence of "over", "missed", "premiered", "cancelled", "ended by choice", "last
 * looked" and "running" with the records that ground it. Status 1 if one has none.
 */
export const run: Run = async ({ flags }, { out, err, now }) => {
  const counts: Record<string, number> = {}
  const ungrounded: { show: string; said: string; season: number | null; when: string | null }[] = []
  const shows: object[] = []
  for await (const { slug, answer, sentences } of auditLedger(dayOf(now))) {
    for (const { said, season, when, grounds } of sentences) {
      counts[said] = (counts[said] ?? 0) + 1
      if (grounds.length === 0) ungrounded.push({ show: slug, said, season, when })
    }
    if (flags.has('json') && sentences.length > 0) shows.push({ show: slug, answer, sentences })
  }
  if (flags.has('json')) out(JSON.stringify({ counts, ungrounded, shows }))
  else {
    for (const [said, count] of Object.entries(counts).sort()) out(`${said}: ${count}`)
    out(`without ground: ${ungrounded.length}`)
  }
  for (const { show, said, season, when } of ungrounded)
    err(`${show}${season ? `, season ${season}` : ''}: "${said}"${when ? ` ${when}` : ''} has no ground`)
  return ungrounded.length > 0 ? 1 : 0
}
