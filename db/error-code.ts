/** The PostgreSQL, driver or system code of an error, also when drizzle has wrapped it: the first one down its causes. */
export function errorCode(error: unknown): string | undefined {
  let at = error as { code?: unknown; cause?: unknown } | null | undefined
  // A chain of causes that bites its own tail is no reason to hang.
  for (let depth = 0; at && depth < 10; depth++) {
    if (typeof at.code === 'string') return at.code
    at = at.cause as typeof at
  }
  return undefined
}
