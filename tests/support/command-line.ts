/** Running a command line as an operator would. */
import { main } from '@/lib/cli/main'

/** Its status, and what the operator sees of it. */
export const greenlit = (...words: string[]) => greenlitReading(undefined, ...words)

/** The same with something on its standard input. */
export async function greenlitReading(input: AsyncIterable<Uint8Array> | undefined, ...words: string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const status = await main(words, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    now: new Date('2026-11-22T12:00:00Z'),
    input,
  })
  return { status, out: out.join('\n'), err: err.join('\n') }
}
