import { FACT_FIELDS, type FactField } from '@/db/schema/words'
import { fieldProblem } from '@/lib/catalogue/checked-facts'
import { withdrawFact } from '@/lib/catalogue/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { dayOf } from '@/lib/shared/day'
import { CommandError, type Run, UsageError } from './command-line'
import { providerWord } from './provider-word'

const isField = (word: string): word is FactField => (FACT_FIELDS as readonly string[]).includes(word)

/** `fact withdraw --provider NAME SHOW [SEASON] FIELD`: a provider says it no more; the others' word is shown. */
export const run: Run = async ({ words, options, flags }, { out, now }) => {
  if (options.provider === undefined) throw new UsageError('--provider is missing')
  const provider = providerWord(options.provider)
  const [slug = '', ...rest] = words
  const field = rest.at(-1) ?? ''
  const number = rest.length > 1 ? (rest[0] ?? '') : null
  if (number !== null && !/^(?:[1-9]\d{0,2}|1000)$/.test(number))
    throw new UsageError(`SEASON ${JSON.stringify(number.slice(0, 20))} is no number from 1 to 1000`)
  if (!isField(field))
    throw new UsageError(`FIELD ${JSON.stringify(field.slice(0, 20))} is none of ${FACT_FIELDS.join(', ')}`)
  const season = Number(number ?? 0)
  const problem = fieldProblem(field, season)
  if (problem) throw new UsageError(problem)
  const onWritten = (showIds: number[]) => deriveStates({ showIds, now })
  const done = await withdrawFact({ slug, season, field, provider }, { today: dayOf(now), onWritten })
  if (!done.ok) throw new CommandError(done.reason)
  if (flags.has('json')) out(JSON.stringify({ show: slug, season: season || null, field, provider }))
  else out(`${provider} no longer gives ${field}${season ? ` of season ${season}` : ''} of ${slug}`)
  return 0
}
