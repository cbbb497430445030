import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startRecorded } from '@/lib/launcher/processes.mjs'
import { keepSmall, rotate } from '@/lib/launcher/rotate.mjs'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'greenlit-unit-'))
  file = join(folder, 'web.log')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const read = (n?: number) => readFileSync(n ? `${file}.${n}` : file, 'utf8')

describe('a log', () => {
  it('is left alone while it is small, and where there is none', () => {
    expect(rotate(file)).toBe(false)
    writeFileSync(file, 'x'.repeat(100))
    expect(rotate(file, { bytesMax: 100 })).toBe(false)
    expect(readdirSync(folder)).toEqual(['web.log'])
  })

  it('that has grown is turned over whole; five are kept, readable by their owner only, the oldest goes', () => {
    for (let n = 1; n <= 8; n++) {
      writeFileSync(file, `${n}`.repeat(200))
      expect(rotate(file, { bytesMax: 100 })).toBe(true)
      expect(read()).toBe('')
    }
    expect([1, 2, 3, 4, 5].map((n) => read(n)[0])).toEqual(['8', '7', '6', '5', '4'])
    expect(existsSync(`${file}.6`)).toBe(false)
    expect(statSync(`${file}.1`).mode & 0o077).toBe(0)
  })
})

it('a process goes on writing to its log while it is turned over, in order, nothing twice, and next to nothing lost', async () => {
  const LINES = 20_000
  const BYTES_MAX = 60_000
  const { child, ended } = startRecorded({
    name: 'web',
    pidDir: join(folder, 'pids'),
    logDir: folder,
    cwd: folder,
    command: process.execPath,
    args: [
      '-e',
      `const fs = require('node:fs'); let i = 0
       const some = () => {
         for (let n = 0; n < 200 && i < ${LINES}; n++) fs.writeSync(1, JSON.stringify({ i: i++, text: 'x'.repeat(40) }) + '\\n')
         if (i < ${LINES}) setTimeout(some, 5)
       }
       some()`,
    ],
  })
  const largest = { bytes: 0, files: 0 }
  const seen: string[] = []
  // Kept here before it is too old to be kept there.
  const stop = keepSmall(file, { bytesMax: BYTES_MAX, everyMs: 1 })
  const collect = setInterval(() => {
    const files = readdirSync(folder).filter((name) => name.startsWith('web.log'))
    largest.files = Math.max(largest.files, files.length)
    largest.bytes = Math.max(largest.bytes, ...files.map((name) => statSync(join(folder, name)).size))
    if (existsSync(`${file}.1`) && seen.at(-1) !== read(1)) seen.push(read(1))
  }, 1)
  await ended
  if (child.exitCode === null) await once(child, 'exit')
  clearInterval(collect)
  stop()
  if (seen.at(-1) !== read(1)) seen.push(read(1))
  const numbers = [...seen, read()]
    .join('')
    .split('\n')
    .flatMap((line) => /^\{"i":(\d+),"text":"x{40}"\}$/.exec(line)?.[1] ?? [])
    .map(Number)
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
  expect(numbers.at(-1)).toBe(LINES - 1)
  expect(seen.length).toBeGreaterThan(5)
  expect(largest.files).toBeLessThanOrEqual(6)
  expect(largest.bytes).toBeLessThan(BYTES_MAX * 10)
  // What falls into the instant of a cut is lost; written this fast, a line or two each time.
  expect(LINES - numbers.length).toBeLessThan(LINES / 100)
})
