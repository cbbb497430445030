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

/** Drills first: they are the longest, wait more than they work, and at the end one of them would run alone. */
class DrillsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) =>
      moduleId.endsWith('/faults/start.test.ts') ? 0 : moduleId.includes('/tests/faults/') ? 1 : 2
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
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
    sequence: { sequencer: DrillsFirst },
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
