import { readFileSync } from 'node:fs'
import type { Figures } from '@/lib/related/recommend/types'
import { type Evaluation, evaluate, prepare } from '@/lib/workshop/recommend/evaluate'
import { readInteractions } from '@/lib/workshop/recommend/interactions'
import { type Run, readableFile, UsageError } from './command-line'

/** `recommend evaluate`: how well lists learned from one file name what the other holds. Works on files alone. */
export const run: Run = async ({ options, flags }, { out, err }) => {
  const { interactions, heldout, min } = options
  if (!interactions) throw new UsageError('--interactions FILE.csv is missing')
  if (!heldout) throw new UsageError('--heldout FILE.csv is missing')
  if (!min) throw new UsageError('--min VALUE is missing')
  if (!Number.isFinite(Number(min)) || !min.trim()) throw new UsageError(`--min ${min} is no number`)
  const [training, hidden] = [interactions, heldout].map((file) =>
    readInteractions(readFileSync(readableFile(file), 'utf8'), file),
  ) as [ReturnType<typeof readInteractions>, ReturnType<typeof readInteractions>]
  const result = evaluate(prepare(training, hidden, Number(min)), err)
  out(flags.has('json') ? JSON.stringify(result) : table(result))
  return 0
}

function table(result: Evaluation): string {
  const row = (name: string, figures: Figures) =>
    `${name.padEnd(24)}${[figures['recall@20'], figures['recall@50'], figures['ndcg@100']].map((figure) => figure.toFixed(4).padStart(11)).join('')}`
  const group = (models: Record<string, Figures>, note: string) =>
    Object.entries(models).map(([name, figures]) => row(`${name}${note}`, figures))
  return [
    `${result.users} readers, ${result.items} titles`,
    `${' '.repeat(24)}${['recall@20', 'recall@50', 'ndcg@100'].map((name) => name.padStart(11)).join('')}`,
    ...group(result.baselines, ''),
    ...group(result.baselines_unseen, ', unseen only'),
    row('blend', result),
    ...(['recall@20', 'recall@50', 'ndcg@100'] as const).map((figure) => {
      const { ratio, ci95 } = result.over_ease[figure]
      return `${figure}: ${ratio.toFixed(3)} × EASE over unseen titles (95 %: ${ci95.map((x) => x.toFixed(3)).join('–')})`
    }),
  ].join('\n')
}
