import { LATE } from './rules'

/**
 * What `work` gives, or an error with the code `late` after `patienceMs`: the driver's own patience is longer than that
 * of whoever asks whether all is well. What comes after is let go, failure or not.
 */
export async function within<T>(patienceMs: number, work: Promise<T>): Promise<T> {
  work.catch(() => {})
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(Object.assign(new Error(`no answer within ${patienceMs} ms`), { code: LATE })),
      patienceMs,
    )
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
