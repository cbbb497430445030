/** Running a command line as an operator would. */
import { main } from '@/lib/cli/main'

/** Its status, and what the operator sees of it. */
export async function greenlit(...words: string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const status = await main(words, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    now: new Date('2026-11-22T12:00:00Z'),
  })
  return { status, out: out.join('\n'), err: err.join('\n') }
}
