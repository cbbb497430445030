import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Kept, keepRunning, pauseBeforeRestart } from '@/lib/launcher/keep'
import { startRecorded } from '@/lib/launcher/processes.mjs'

describe('the wait before a process is started again', () => {
  it('begins at a quarter of a second, doubles, and never exceeds half a minute', () => {
    const waits: number[] = []
    for (let last = 0, n = 0; n < 12; n++) {
      last = pauseBeforeRestart(last, 100)
      waits.push(last)
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000, 30_000])
  })

  it('begins anew after a minute of good running, and not before', () => {
    expect(pauseBeforeRestart(30_000, 60_000)).toBe(250)
    expect(pauseBeforeRestart(30_000, 59_999)).toBe(30_000)
    expect(pauseBeforeRestart(1_000, 59_999)).toBe(2_000)
  })
})

describe('a process that is kept running', () => {
  let folder: string
  let kept: Kept | undefined
  let said: string[]

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'greenlit-unit-'))
    said = []
  })
  afterEach(async () => {
    await kept?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Keeps a script running that first notes its start; waits are a hundred times shorter than in a house. */
  function keep(script: string, options: { starts?: () => void } = {}) {
    const note = `require('fs').appendFileSync(${JSON.stringify(join(folder, 'starts'))}, 'x');`
    kept = keepRunning({
      name: 'web',
      start: () => {
        options.starts?.()
        return startRecorded({
          name: 'web',
          pidDir: folder,
          logDir: folder,
          cwd: folder,
          command: process.execPath,
          args: ['-e', note + script],
        })
      },
      say: (line) => said.push(line),
      graceMs: 5_000,
      pauseMs: (last, ran) => pauseBeforeRestart(100 * last, ran) / 100,
    })
    return kept
  }
  const starts = () => {
    try {
      return readFileSync(join(folder, 'starts'), 'utf8').length
    } catch {
      return 0
    }
  }
  /** Whether it has given up by now. */
  const hasFailed = (one: Kept) =>
    Promise.race([
      one.failed.then(
        () => false,
        () => true,
      ),
      new Promise<boolean>((resolve) => setImmediate(resolve, false)),
    ])

  it('is started again for ever once it has worked, however often it ends', async () => {
    const one = keep('process.exit(3)')
    one.hasWorked()
    await expect.poll(starts, { timeout: 25_000 }).toBeGreaterThan(8)
    expect(await hasFailed(one)).toBe(false)
    expect(said[0]).toBe('web: ended (status 3), starting it again in 0.0025 s')
  })

  it('that never worked fails after three ends, loudly: with the end of its log', async () => {
    const one = keep('console.error("the port is taken"); process.exit(1)')
    await expect(one.failed).rejects.toThrow(/The web process keeps ending \(status 1\);.*the port is taken/s)
    expect(starts()).toBe(3)
  })

  it('is started again also after its start itself went wrong', async () => {
    let attempts = 0
    const one = keep('process.exit(1)', {
      starts() {
        if (++attempts === 2) throw new Error('the disk is full')
      },
    })
    one.hasWorked()
    await expect.poll(starts, { timeout: 10_000 }).toBeGreaterThan(2)
    expect(said.join('\n')).toContain('web: could not be started (the disk is full), starting it again')
    expect(await hasFailed(one)).toBe(false)
  })

  it('stays ended when it is stopped, also in the middle of a wait', async () => {
    const one = keepRunning({
      name: 'web',
      start: () =>
        startRecorded({
          name: 'web',
          pidDir: folder,
          logDir: folder,
          cwd: folder,
          command: process.execPath,
          args: ['-e', ''],
        }),
      say: (line) => said.push(line),
      graceMs: 5_000,
      pauseMs: () => 60_000,
    })
    one.hasWorked()
    await expect.poll(() => said.length, { timeout: 10_000 }).toBe(1)
    const begun = performance.now()
    await one.stop()
    expect(performance.now() - begun).toBeLessThan(5_000)
    expect(said).toEqual(['web: ended (status 0), starting it again in 60 s'])
  })
})
