/** How a file of lines is imported: checked one by one, written in batches, every bad line named and the rest done. */

/** Lines written together. */
const BATCH = 500

/** A line that was read, and what it says. */
export interface CheckedLine<Read> {
  line: number
  record: Read
}

/** What makes one import another than the next. */
export interface LineImport<Read> {
  check: (
    text: string,
  ) => { ok: true; record: Read; leftOut?: readonly string[] } | { ok: false; problems: readonly string[] }
  /** Names of which each may stand in a batch once: a second line about a thing must see what the first one wrote. */
  namesOf?: (record: Read) => readonly string[]
  /** Writes a batch, and says which of its lines it would not have, and what it did not take of one. */
  write: (batch: CheckedLine<Read>[]) => Promise<{
    refused: readonly { line: number; problem: string }[]
    kept?: readonly { line: number; what: string }[]
  }>
  /** Hears of every bad line, and of what was left out of a good one, in a sentence with the line's number. */
  report: (message: string) => void
}

/** Imports lines; empty ones count and are passed over. @returns how many there were, and how many had no effect at all */
export async function importLines<Read>(
  lines: AsyncIterable<string> | Iterable<string>,
  { check, namesOf = () => [], write, report }: LineImport<Read>,
): Promise<{ lines: number; failed: number }> {
  let [line, failed] = [0, 0]
  const tell = (at: number, what: string) => report(`line ${at}: ${what}`)
  let batch: CheckedLine<Read>[] = []
  let names = new Set<string>()
  const flush = async () => {
    const current = batch
    batch = []
    names = new Set()
    if (current.length === 0) return
    const { refused, kept = [] } = await write(current)
    for (const one of kept) tell(one.line, one.what)
    for (const one of refused) tell(one.line, one.problem)
    failed += refused.length
  }
  for await (const text of lines) {
    line++
    if (text.trim() === '') continue
    const checked = check(text)
    if (!checked.ok) {
      failed++
      for (const problem of checked.problems) tell(line, problem)
      continue
    }
    for (const what of checked.leftOut ?? []) tell(line, what)
    const own = namesOf(checked.record)
    if (batch.length >= BATCH || own.some((name) => names.has(name))) await flush()
    for (const name of own) names.add(name)
    batch.push({ line, record: checked.record })
  }
  await flush()
  return { lines: line, failed }
}
