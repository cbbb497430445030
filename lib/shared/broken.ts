import { TOO_BUSY } from '@/db/deadline'
import { errorCode } from '@/db/error-code'
import { isOutcomeOpen } from '@/db/transaction'

/** What a door says when something behind it failed, by what is known of it. */
export interface Broken {
  /** The code of the database or its driver, for the log; never its message, which repeats the query. */
  code: string | undefined
  /** For whoever knocked: whether anything was changed, and what to do. */
  sentence: string
}

/**
 * Says of an error what somebody who wanted to change something must know: whether it may have happened all the same.
 * @param changes false where they only wanted to read
 */
export function whatBroke(error: unknown, changes: boolean): Broken {
  const code = errorCode(error)
  if (code === TOO_BUSY)
    return { code, sentence: 'Too much is asked at once. Nothing was changed; try again in a few seconds.' }
  if (changes && isOutcomeOpen(error))
    return {
      code,
      sentence:
        'The database did not answer in time, so this may have been done or not: look, and try again in a few seconds if it was not.',
    }
  return {
    code,
    sentence: 'Greenlit cannot do that just now. Nothing was changed; try again in a few seconds.',
  }
}
