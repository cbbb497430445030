/** Answers that went wrong in one place or several: values of other kinds, lost and doubled parts, huge and hostile ones. */
import fc from 'fast-check'

type Path = (string | number)[]

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [at]
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((one, i) => [i, one])
    : Object.entries(value)
  return [at, ...entries.flatMap(([key, one]) => pathsOf(one, [...at, key]))]
}

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = [value]
  return value
}

const hostile = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>,
  fc.constantFrom<unknown>(
    ...[
      null,
      '',
      0,
      -1,
      1e308,
      2 ** 53,
      'not a day',
      '0000-00-00',
      '9999-99-99',
      '2026-02-30',
      '2026-13-01T99:99',
    ],
    ...[
      '\u0000\u202e',
      '\ud800',
      '__proto__',
      'x'.repeat(100_000),
      '<script>',
      [],
      {},
      [[]],
      true,
      nested(200),
    ],
  ),
)

type Change = { path: Path; how: 'replace' | 'drop' | 'double'; by: unknown }

function apply(whole: unknown, { path, how, by }: Change): unknown {
  const [key, ...rest] = path
  if (key === undefined) return how === 'replace' ? by : whole
  if (whole === null || typeof whole !== 'object') return whole
  if (Array.isArray(whole)) {
    const index = Number(key)
    if (rest.length === 0 && how === 'drop') return whole.filter((_, i) => i !== index)
    if (rest.length === 0 && how === 'double') return [...whole, whole[index]]
    return whole.map((one, i) => (i === index ? apply(one, { path: rest, how, by }) : one))
  }
  const entries = Object.entries(whole)
  if (rest.length === 0 && how === 'drop') return Object.fromEntries(entries.filter(([name]) => name !== key))
  return Object.fromEntries(
    entries.map(([name, one]) => [name, name === key ? apply(one, { path: rest, how, by }) : one]),
  )
}

/** An answer with one to four changes anywhere in it. */
export function mutated(answer: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(answer)
  const change = fc.record({
    path: fc.constantFrom(...paths),
    how: fc.constantFrom('replace' as const, 'replace' as const, 'drop' as const, 'double' as const),
    by: hostile,
  })
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => changes.reduce(apply, answer))
}
