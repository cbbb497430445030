import { parseEdtf } from '@/lib/shared/edtf'
import type { SeasonFacts, Window } from '@/lib/status/types'

function windowOf(edtf: string | null): Window | null {
  const parsed = edtf ? parseEdtf(edtf) : null
  return edtf && parsed?.ok ? { edtf, earliest: parsed.window.earliest, latest: parsed.window.latest } : null
}

/** What the catalogue's row of a season states, its dates as windows. */
export function factsOf(row: {
  number: number
  premiere: string | null
  finale: string | null
  episodes: number | null
  recorded: boolean
}): SeasonFacts {
  return {
    number: row.number,
    premiere: windowOf(row.premiere),
    finale: windowOf(row.finale),
    episodes: row.episodes,
    recorded: row.recorded,
  }
}
