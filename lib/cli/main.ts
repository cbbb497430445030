/** The `greenlit` command: finds the verb, runs it, ends with its status. Verbs live in a file each. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { endOnWrongEnvironment, fromEnv } from '@/lib/shared/env'
import { CommandError, type Run, readCall, type Surroundings, UsageError } from './command-line'
import { withDatabase } from './database'

interface Verb {
  usage: string
  /** What its words are called, all of them needed but those in brackets. */
  words: string[]
  options: Record<string, 'string' | 'boolean'>
  load: () => Promise<{ run: Run }>
  /** Works on files alone. */
  noDatabase?: boolean
  /** Makes the database of this folder where there is none. */
  makesDatabase?: boolean
}

const fileVerb = (usage: string, load: Verb['load']): Verb => ({
  usage: `${usage} FILE.ndjson [--json]`,
  words: ['FILE'],
  options: { json: 'boolean' as const },
  load,
})

const VERBS: Record<string, Verb> = {
  'import catalogue': {
    usage: 'import catalogue FILE.ndjson [--provider NAME] [--json]',
    words: ['FILE'],
    options: { provider: 'string', json: 'boolean' },
    load: () => import('./import-catalogue'),
  },
  'import claims': {
    usage: 'import claims FILE.ndjson [--live] [--json]',
    words: ['FILE'],
    options: { live: 'boolean', json: 'boolean' },
    load: () => import('./import-claims'),
  },
  'import data': {
    usage: 'import data DIR [--json]',
    words: ['DIR'],
    options: { json: 'boolean' },
    load: () => import('./import-data'),
  },
  'import pairs': {
    usage: 'import pairs FILE.csv [--source NAME] [--report OUT.csv] [--json]',
    words: ['FILE'],
    options: { source: 'string', report: 'string', json: 'boolean' },
    load: () => import('./import-pairs'),
  },
  'export catalogue': fileVerb('export catalogue', () => import('./export-catalogue')),
  'export claims': fileVerb('export claims', () => import('./export-claims')),
  'export data': {
    usage: 'export data DIR [--json]',
    words: ['DIR'],
    options: { json: 'boolean' },
    load: () => import('./export-data'),
  },
  'build catalogue': {
    usage: 'build catalogue --from DIR [--out FILE.ndjson] [--today DAY] [--published FILE.ndjson] [--json]',
    words: [],
    options: { from: 'string', out: 'string', today: 'string', published: 'string', json: 'boolean' },
    load: () => import('./build-catalogue'),
    noDatabase: true,
  },
  'build claims': {
    usage: 'build claims --from DIR [--catalogue FILE.ndjson] [--out FILE.ndjson] [--today DAY] [--json]',
    words: [],
    options: { from: 'string', catalogue: 'string', out: 'string', today: 'string', json: 'boolean' },
    load: () => import('./build-claims'),
    noDatabase: true,
  },
  'ledger audit': {
    usage: 'ledger audit [--json]',
    words: [],
    options: { json: 'boolean' },
    load: () => import('./ledger-audit'),
  },
  'starter sample': {
    usage: 'starter sample [--seed N] [--json]',
    words: [],
    options: { seed: 'string', json: 'boolean' },
    load: () => import('./starter-sample'),
  },
  show: {
    usage: 'show SLUG [--json]',
    words: ['SLUG'],
    options: { json: 'boolean' },
    load: () => import('./show'),
  },
  'fact withdraw': {
    usage: 'fact withdraw --provider NAME SHOW [SEASON] FIELD [--json]',
    words: ['SHOW', '[SEASON]', 'FIELD'],
    options: { provider: 'string', json: 'boolean' },
    load: () => import('./fact-withdraw'),
  },
  retract: {
    usage: 'retract CLAIM --because "WHY"',
    words: ['CLAIM'],
    options: { because: 'string' },
    load: () => import('./retract'),
  },
  'source body': {
    usage: 'source body NAME --on|--off',
    words: ['NAME'],
    options: { on: 'boolean', off: 'boolean' },
    load: () => import('./source-body'),
  },
  notices: {
    usage: 'notices [--failed] [--pause | --resume | --retry] [--json]',
    words: [],
    options: { failed: 'boolean', pause: 'boolean', resume: 'boolean', retry: 'boolean', json: 'boolean' },
    load: () => import('./notices'),
  },
  wanted: {
    usage: 'wanted [--json]',
    words: [],
    options: { json: 'boolean' },
    load: () => import('./wanted'),
  },
  bounce: {
    usage: 'bounce FILE|- [--json]',
    words: ['FILE'],
    options: { json: 'boolean' },
    load: () => import('./bounce'),
  },
  pairs: { usage: 'pairs [--json]', words: [], options: { json: 'boolean' }, load: () => import('./pairs') },
  // With two words of its own, which `pairs` alone has not.
  'pairs --drop': {
    usage: 'pairs --drop SLUG SLUG',
    words: ['SLUG', 'SLUG'],
    options: {},
    load: () => import('./pairs-drop'),
  },
  role: {
    usage: 'role ADDRESS reader|editor|operator',
    words: ['ADDRESS', 'ROLE'],
    options: {},
    load: () => import('./role'),
  },
  sync: {
    usage: 'sync tvmaze|tmdb|anilist|wikidata [--ids ID,ID | --updated | --all] [--json]',
    words: ['PROVIDER'],
    options: { ids: 'string', updated: 'boolean', all: 'boolean', json: 'boolean' },
    load: () => import('./sync'),
  },
  backup: {
    usage: 'backup FILE [--force] [--json]',
    words: ['FILE'],
    options: { force: 'boolean', json: 'boolean' },
    load: () => import('./backup'),
  },
  restore: {
    usage: 'restore FILE [--force] [--json]',
    words: ['FILE'],
    options: { force: 'boolean', json: 'boolean' },
    load: () => import('./restore'),
    makesDatabase: true,
  },
  'forecast train': {
    usage:
      'forecast train --seasons FILE.csv [--titles FILE.ndjson] | --from-database --model OUT.json [--json]',
    words: [],
    options: {
      seasons: 'string',
      titles: 'string',
      'from-database': 'boolean',
      model: 'string',
      json: 'boolean',
    },
    load: () => import('./forecast-train'),
    noDatabase: true,
  },
  'forecast score': {
    usage: 'forecast score --model FILE.json --seasons FILE.csv [--titles FILE.ndjson] [--json]',
    words: [],
    options: { seasons: 'string', titles: 'string', model: 'string', json: 'boolean' },
    load: () => import('./forecast-score'),
    noDatabase: true,
  },
  'forecast evaluate': {
    usage: 'forecast evaluate --seasons FILE.csv [--titles FILE.ndjson] [--folds 5] [--json]',
    words: [],
    options: { seasons: 'string', titles: 'string', folds: 'string', json: 'boolean' },
    load: () => import('./forecast-evaluate'),
    noDatabase: true,
  },
  'forecast backtest': {
    usage: 'forecast backtest [--out FILE.json] [--json]',
    words: [],
    options: { out: 'string', json: 'boolean' },
    load: () => import('./forecast-backtest'),
  },
  'related build': { usage: 'related build', words: [], options: {}, load: () => import('./related-build') },
  'related explain': {
    usage: 'related explain SLUG SLUG',
    words: ['SLUG', 'SLUG'],
    options: {},
    load: () => import('./related-explain'),
  },
  'related export': {
    usage: 'related export OUT.jsonl --interactions FILE.csv --min VALUE [--format gorse] [--json]',
    words: ['OUT.jsonl'],
    options: { interactions: 'string', min: 'string', format: 'string', json: 'boolean' },
    load: () => import('./related-export'),
    noDatabase: true,
  },
  'recommend evaluate': {
    usage: 'recommend evaluate --interactions FILE.csv --heldout FILE.csv --min VALUE [--json]',
    words: [],
    options: { interactions: 'string', heldout: 'string', min: 'string', json: 'boolean' },
    load: () => import('./recommend-evaluate'),
    noDatabase: true,
  },
  'recommend split': {
    usage:
      'recommend split --interactions FILE.csv --train OUT.csv --heldout OUT.csv [--share 0.2] [--seed 1] [--json]',
    words: [],
    options: {
      interactions: 'string',
      train: 'string',
      heldout: 'string',
      share: 'string',
      seed: 'string',
      json: 'boolean',
    },
    load: () => import('./recommend-split'),
    noDatabase: true,
  },
  'related evaluate': {
    usage:
      'related evaluate --titles FILE.ndjson --truth FILE.csv [--train FILE.csv] [--at 10] [--folds N] [--report] [--json]',
    words: [],
    options: {
      titles: 'string' as const,
      truth: 'string' as const,
      train: 'string' as const,
      at: 'string' as const,
      folds: 'string' as const,
      report: 'boolean' as const,
      json: 'boolean' as const,
    },
    load: () => import('./related-evaluate'),
    noDatabase: true,
  },
  'related seen': {
    usage: 'related seen --titles FILE.ndjson --truth FILE.csv [--whole] [--json]',
    words: [],
    options: { titles: 'string', truth: 'string', whole: 'boolean', json: 'boolean' },
    load: () => import('./related-seen'),
  },
  'related study': {
    usage:
      'related study --from DIR --by ablation|curve|limits|across|agreement [--mode content|pairs] [--folds N] [--json]',
    words: [],
    options: { from: 'string', by: 'string', mode: 'string', folds: 'string', json: 'boolean' },
    load: () => import('./related-study'),
    noDatabase: true,
  },
  'related train': {
    usage: 'related train --from DIR [--out FILE.json] [--folds N [--mode content|pairs]] [--json]',
    words: [],
    options: { from: 'string', out: 'string', folds: 'string', mode: 'string', json: 'boolean' },
    load: () => import('./related-train'),
    noDatabase: true,
  },
  'related train-cards': {
    usage: 'related train-cards --from DIR [--out FILE.json] [--folds N] [--json]',
    words: [],
    options: { from: 'string', out: 'string', folds: 'string', json: 'boolean' },
    load: () => import('./related-train-cards'),
  },
}

const usage = () =>
  ['Usage: npm run greenlit -- VERB', ...Object.values(VERBS).map((verb) => `  ${verb.usage}`)].join('\n')

/** The verb that the first one or two words name, and the words after it. */
export function findVerb(words: string[]): { verb: Verb; rest: string[] } | null {
  for (const length of [2, 1]) {
    const verb = VERBS[words.slice(0, length).join(' ')]
    if (verb && words.length >= length) return { verb, rest: words.slice(length) }
  }
  return null
}

/** Runs a whole command line; the process's exit status. */
export async function main(words: string[], around: Surroundings): Promise<number> {
  if (words.length === 0 || words[0] === '--help' || words[0] === 'help') {
    around.out(usage())
    return words.length === 0 ? 2 : 0
  }
  const found = findVerb(words)
  if (!found) {
    around.err(
      `greenlit: there is no verb "${words.slice(0, 2).join(' ')}"; \`npm run greenlit -- help\` lists them`,
    )
    return 2
  }
  if (found.rest.includes('--help')) {
    around.out(`npm run greenlit -- ${found.verb.usage}`)
    return 0
  }
  try {
    const { verb, rest } = found
    const call = readCall(rest, verb.words, verb.options)
    const run = async () => (await (await verb.load()).run(call, around)) ?? 0
    return verb.noDatabase ? await run() : await withDatabase(run, { make: verb.makesDatabase })
  } catch (error) {
    if (error instanceof UsageError) {
      around.err(`greenlit: ${error.message}; usage: npm run greenlit -- ${found.verb.usage}`)
      return 2
    }
    around.err(`greenlit: ${oneLine(error as Error)}`)
    if (!(error instanceof CommandError) && fromEnv('GREENLIT_DEBUG'))
      around.err((error as Error).stack ?? '')
    return 1
  }
}

/** What a failure says to an operator: the database's own reason, not the statement that hit it. */
function oneLine(error: Error): string {
  let deepest = error
  while (deepest.cause instanceof Error) deepest = deepest.cause
  const message = deepest.message || (deepest as NodeJS.ErrnoException).code || deepest.name
  return message.split('\n')[0] ?? message
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.env.GREENLIT_ROLE ??= 'cli'
  // As `npm start` does: a command works on the database the site works on.
  for (const name of ['.env.local', '.env']) {
    const file = path.resolve(import.meta.dirname, '../..', name)
    if (existsSync(file)) process.loadEnvFile(file)
  }
  endOnWrongEnvironment((sentence) => console.error(`greenlit: ${sentence}`))
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  process.exitCode = await main(process.argv.slice(2), {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    now: new Date(),
  })
}
