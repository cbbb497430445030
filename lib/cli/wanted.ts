import { AT_THE_MACHINE } from '@/lib/accounts/rules'
import { countWanted } from '@/lib/wanted/queries'
import type { Run } from './command-line'

/** `wanted [--json]`: shows that readers asked for and that are not here, most readers first. */
export const run: Run = async ({ flags }, { out }) => {
  const wanted = (await countWanted(AT_THE_MACHINE))!
  if (flags.has('json')) {
    out(
      JSON.stringify({
        open: wanted.open.map(({ words, readers, firstAsked, lastAsked }) => ({
          words,
          readers,
          first_asked: firstAsked,
          last_asked: lastAsked,
        })),
        answered: wanted.answered,
      }),
    )
    return 0
  }
  for (const { words, readers, firstAsked, lastAsked } of wanted.open)
    out(
      `${String(readers).padStart(5)}  ${words}  (${firstAsked === lastAsked ? lastAsked : `${firstAsked} to ${lastAsked}`})`,
    )
  out(`${wanted.open.length} names are waited for, ${wanted.answered} wishes were answered`)
  return 0
}
