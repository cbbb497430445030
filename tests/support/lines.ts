/**
 * The stranger's test: lines of lib and app drawn by chance, to be placed by somebody who has read README.md and
 * ARCHITECTURE.md and nothing else.
 *   npm run docs:lines -- [--seed 1] [--lines 20] [--answers]
 * A home is found where the room, or the folder of app, is named right. With --answers each line's file stands beside it.
 */
import { parseArgs } from 'node:util'
import { seeded } from '../../lib/shared/random'
import { code, read } from './imports'

const LENGTH_MIN = 30

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    lines: { type: 'string', default: '20' },
    answers: { type: 'boolean', default: false },
  },
})

const all = code
  .filter((file) => /^(lib|app)\//.test(file))
  .flatMap((file) =>
    read(file)
      .split('\n')
      .map((line, i) => ({ place: `${file}:${i + 1}`, line: line.trim() })),
  )
  .filter(({ line }) => line.length >= LENGTH_MIN && !/^(import|export \{|\} from)/.test(line))

const chance = seeded(Number(values.seed))
for (let i = 1; i <= Number(values.lines); i++) {
  const { place, line } = all[Math.floor(chance() * all.length)]!
  console.log(`${String(i).padStart(2)}  ${line}${values.answers ? `\n      ${place}` : ''}`)
}
