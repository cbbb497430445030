import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importLines } from '@/lib/shared/import-lines'

const check = (text: string) =>
  text.startsWith('bad')
    ? { ok: false as const, problems: [`${text} is bad`] }
    : { ok: true as const, record: text, leftOut: text.endsWith('!') ? ['a sign was left out'] : [] }

describe('a file of lines', () => {
  it('is imported but for its bad lines, each of which is named with its number', async () => {
    const said: string[] = []
    const written: string[] = []
    const result = await importLines(['one', '', 'bad line', 'two!', 'three'], {
      check,
      report: (message) => said.push(message),
      write: async (batch) => {
        written.push(...batch.map(({ record }) => record))
        return { refused: [{ line: batch.at(-1)!.line, problem: 'three is known' }] }
      },
    })
    expect(written).toEqual(['one', 'two!', 'three'])
    expect(said).toEqual(['line 3: bad line is bad', 'line 4: a sign was left out', 'line 5: three is known'])
    expect(result).toEqual({ lines: 5, failed: 2 })
  })

  it('keeps its order, and two lines about one thing never go into one batch', async () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(names, async (lines) => {
        const batches: string[][] = []
        await importLines(lines, {
          check,
          namesOf: (name) => [name],
          report: () => {},
          write: async (batch) => {
            batches.push(batch.map(({ record }) => record))
            return { refused: [] }
          },
        })
        expect(batches.flat()).toEqual(lines)
        for (const batch of batches) expect(new Set(batch).size).toBe(batch.length)
      }),
    )
  })

  it('of any length is written in batches of at most 500', async () => {
    const sizes: number[] = []
    const lines = Array.from({ length: 1_201 }, (_, i) => `line ${i}`)
    await importLines(lines, {
      check,
      report: () => {},
      write: async (batch) => {
        sizes.push(batch.length)
        return { refused: [] }
      },
    })
    expect(sizes).toEqual([500, 500, 201])
  })
})
