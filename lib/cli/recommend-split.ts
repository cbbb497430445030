import { readFileSync } from 'node:fs'
import type { Interaction } from '@/lib/related/recommend/types'
import { holdOut } from '@/lib/workshop/recommend/holdout'
import { csvField, readInteractions } from '@/lib/workshop/recommend/interactions'
import { type Run, readableFile, UsageError } from './command-line'
import { writeFileWhole } from './write-file'

/** `recommend split`: parts a file of interactions into what may be learned from and what is held out. */
export const run: Run = async ({ options, flags }, { out }) => {
  const { interactions, train, heldout, share = '0.2', seed = '1' } = options
  for (const [name, file] of Object.entries({ interactions, train, heldout }))
    if (!file) throw new UsageError(`--${name} FILE.csv is missing`)
  if (!(Number(share) > 0 && Number(share) < 1))
    throw new UsageError(`--share ${share} is not between 0 and 1`)
  if (!/^\d{1,9}$/.test(seed)) throw new UsageError(`--seed ${seed} is no whole number`)
  const rows = readInteractions(readFileSync(readableFile(interactions!), 'utf8'), interactions!)
  const parts = holdOut(rows, Number(share), Number(seed))
  await writeRows(train!, parts.training)
  await writeRows(heldout!, parts.heldout)
  const counts = { training: parts.training.length, heldout: parts.heldout.length }
  out(
    flags.has('json')
      ? JSON.stringify(counts)
      : `${counts.training} rows to learn from, ${counts.heldout} held out`,
  )
  return 0
}

async function writeRows(file: string, rows: Interaction[]): Promise<void> {
  await writeFileWhole(file, async (write) => {
    await write('user,item,value\n')
    for (const { user, item, value } of rows) await write(`${csvField(user)},${csvField(item)},${value}\n`)
  })
}
