import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// The runner reports failures with Map.groupBy (ECMAScript 2024), which Node 20 does not have yet.
Map.groupBy ??= <K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Map<K, T[]> => {
  const groups = new Map<K, T[]>()
  let i = 0
  for (const item of items) {
    const key = keyOf(item, i++)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}

const here = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

const tests = (folder: string) => [`tests/${folder}/**/*.test.{ts,tsx}`]

/** A group of tests that needs no database. */
const plain = (name: string) => ({
  extends: true as const,
  test: { name, include: tests(name), testTimeout: 30_000 },
})

/** A group in which every file gets a migrated database of its own. */
const onDatabase = (name: string, timeoutMs: number) => ({
  extends: true as const,
  test: {
    name,
    include: tests(name),
    globalSetup: ['tests/support/server-setup.ts'],
    setupFiles: ['tests/support/database.ts'],
    testTimeout: timeoutMs,
    hookTimeout: Math.max(timeoutMs, 300_000),
  },
})

/** Files that wait more than they work, the longest first. */
const WAITING =
  /\/tests\/(?:faults\/|integration\/(?:edge-claims|deadline|silent-doors|several-workers)\.|security\/limits\.)/
const LONGEST = [
  'start',
  'telling-sequences',
  'backup',
  'fan-out-under-kill',
  'limits',
  'edge-claims',
  'follow-under-kill',
  'deadline',
]
/** Then what needs no database, while `npm test` still loads the starter. */
const GROUPS = ['unit', 'architecture', 'security', 'integration']

/**
 * What waits goes evenly among what works, so that of two workers one works while the other waits; two that wait would
 * leave the processors idle, and a long one that comes last would run alone.
 */
class WaitingAmongWorking extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
      return at === -1 ? LONGEST.length : at
    }
    const group = ({ project }: TestSpecification) => GROUPS.indexOf(project.name)
    const waiting = sorted
      .filter(({ moduleId }) => WAITING.test(moduleId))
      .sort((a, b) => place(a) - place(b))
    const working = sorted
      .filter(({ moduleId }) => !WAITING.test(moduleId))
      .sort((a, b) => group(a) - group(b))
    const apart = Math.ceil(working.length / Math.max(1, waiting.length))
    return waiting
      .flatMap((file, i) => [file, ...working.slice(i * apart, (i + 1) * apart)])
      .concat(working.slice(waiting.length * apart))
  }
}

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: here('./') },
      // The package only exists to fail a build that takes server code to the browser; tests are neither.
      { find: /^(server|client)-only$/, replacement: here('./tests/support/empty.ts') },
    ],
  },
  test: {
    sequence: { sequencer: WaitingAmongWorking },
    // next-auth imports 'next/server' without an extension, which Node alone does not resolve.
    server: { deps: { inline: ['next-auth', '@auth/core'] } },
    // One worker would be all that two processors get by default.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      plain('unit'),
      plain('architecture'),
      onDatabase('integration', 60_000),
      onDatabase('security', 60_000),
      onDatabase('faults', 600_000),
    ],
  },
})
