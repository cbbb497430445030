import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'app', 'lib'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && existsSync(join(root, file)))

test('markup is written by hand in two places, the structured data and the covers', () => {
  const uses = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    return (text.match(/dangerouslySetInnerHTML=|\.innerHTML\s*=|insertAdjacentHTML\(/g) ?? []).map(
      () => file,
    )
  })
  expect([...new Set(uses)]).toEqual(['app/_components/json-ld.tsx', 'app/_components/poster/poster.tsx'])
})
