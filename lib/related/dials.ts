import { z } from 'zod'

/** The two dials of a reader's list. The middle, 0, changes nothing. */
export interface Dials {
  /** From -2, obscure, to 2, familiar. */
  fame: number
  /** From -2, short, to 2, long. */
  length: number
}

/** The steps of a dial, lowest first. */
export const DIAL_STEPS = [-2, -1, 0, 1, 2] as const

// A form's empty field is one that was not given.
const step = z
  .enum(['', ...DIAL_STEPS.map(String)])
  .default('0')
  .transform(Number)
const schema = z.object({ fame: step, length: step })

/** Reads the dials of an address; unknown names are ignored, bad values refused with a sentence. */
export function parseDials(
  params: Record<string, string | string[] | undefined>,
): { ok: true; dials: Dials } | { ok: false; reason: string } {
  const parsed = schema.safeParse({ fame: params.fame, length: params.length })
  if (parsed.success) return { ok: true, dials: parsed.data }
  const name = String(parsed.error.issues[0]?.path[0])
  return { ok: false, reason: `${name} is one whole number from -2 to 2, given once` }
}
