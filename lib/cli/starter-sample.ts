import { sampleShows } from '@/lib/ledger/audit'
import type { Ground } from '@/lib/ledger/grounds'
import { dayOf } from '@/lib/shared/day'
import { CommandError, type Run } from './command-line'

const SHOWS = 30

const groundWords = (ground: Ground): string =>
  'claim' in ground
    ? `${ground.claim} (${ground.kind}, ${ground.publishedOn ?? 'undated'})`
    : 'provider' in ground
      ? `${ground.provider}: ${ground.says} (${ground.asOf})`
      : `season ${ground.season} is ${ground.stands}`

/** `starter sample --seed N [--json]`: 30 first lines drawn by chance, each with what grounds it. */
export const run: Run = async ({ options, flags }, { out, now }) => {
  const seed = Number(options.seed ?? '1')
  if (!Number.isInteger(seed) || seed < 0) throw new CommandError('--seed is a whole number from 0 up')
  const shows = await sampleShows(seed, SHOWS, dayOf(now))
  if (flags.has('json')) {
    out(JSON.stringify({ seed, shows }))
    return 0
  }
  for (const { slug, answer, sentences } of shows) {
    out(`${slug}: ${answer}`)
    for (const { said, season, grounds } of sentences)
      out(
        `    ${season === null ? '' : `season ${season} `}${said}: ${grounds.slice(0, 3).map(groundWords).join('; ') || 'NO GROUND'}`,
      )
  }
  return 0
}
