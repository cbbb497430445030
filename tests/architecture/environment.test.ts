import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { VARIABLE_NAMES } from '@/lib/shared/env'

const root = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const code = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /^(app|db|lib)\/.*\.(ts|tsx|mjs)$|^(instrumentation|next\.config)\.ts$/.test(file))

/** Who reads a variable of ours by itself, and why. */
const BY_THEMSELVES: Record<string, string> = {
  'db/client.ts': 'db lies below lib; the process that calls it has looked at the whole environment',
  'db/migrate.ts': 'db lies below lib; it says by itself what is wrong with an address',
  'db/roles.ts': 'db lies below lib',
  'db/transaction.ts': 'db lies below lib',
  'lib/launcher/browser.mjs': 'runs before the packages are there',
  'lib/launcher/start.mjs':
    'runs before the packages are there; the house looks at the whole environment next',
  'lib/imports/apart.ts':
    'is asked about environments of tests that mean nothing, and has its own limits then',
  'lib/shared/log.ts': 'a line is written whatever is set',
  'next.config.ts': 'Next reads it before any code of ours',
}

/** Variables of Node, Next and the system. */
const OF_OTHERS = ['NEXT_RUNTIME', 'NODE_ENV', 'PATH', 'TMPDIR']

/** The variables a file reads by name; what it sets for others, or takes away, is not read. */
function readIn(text: string): string[] {
  const single = [...text.matchAll(/(?<!delete [\w.]*)\benv\.([A-Z]\w*)\b(?!\s*(?:\?\?|\|\|)?=(?!=))/g)]
  const several = [...text.matchAll(/\{([\w\s,:]+)\} = (?:process\.)?env\b/g)]
  return [
    ...single.map(([, name]) => name!),
    ...several.flatMap(([, names]) => names!.split(',').map((name) => name.split(':')[0]!.trim())),
  ].filter((name) => !OF_OTHERS.includes(name))
}

test('a variable of the environment is read through its one schema, but for a few files with a reason', () => {
  const reading = code.filter((file) => readIn(read(file)).length > 0)
  expect(reading.sort()).toEqual(Object.keys(BY_THEMSELVES).sort())
  expect(Object.values(BY_THEMSELVES).filter((reason) => reason.length < 10)).toEqual([])
})

test('no file reads a variable that the schema does not know', () => {
  const known: readonly string[] = VARIABLE_NAMES
  const unknown = code.flatMap((file) =>
    readIn(read(file))
      .filter((name) => !known.includes(name))
      .map((name) => `${file}: ${name}`),
  )
  expect(unknown).toEqual([])
})

test('every variable of the schema is read somewhere', () => {
  const text = code
    .filter((file) => file !== 'lib/shared/env.ts')
    .map(read)
    .join('\n')
  expect(VARIABLE_NAMES.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([])
})

test('a read is told from what is set for others', () => {
  expect(readIn('x = process.env.PORT ?? 1; if (env.AUTH_URL === "") f(env.SMTP_URL)')).toEqual([
    'PORT',
    'AUTH_URL',
    'SMTP_URL',
  ])
  expect(readIn('const { PORT, AUTH_URL: url } = process.env')).toEqual(['PORT', 'AUTH_URL'])
  expect(readIn('process.env.PORT ||= "1"; env.PORT = "2"; delete process.env.PORT')).toEqual([])
})
