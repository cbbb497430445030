import { readdirSync } from 'node:fs'
import { parseCrontab } from 'graphile-worker'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cronLine, type Job, oneAtATime, taskOf } from '@/lib/jobs/job'
import { CRONTAB, tasks } from '@/lib/jobs/tasks'

const job: Job<{ shows: number[] }> = {
  id: 'count',
  payload: z.object({ shows: z.array(z.number()) }),
  at: '5 0 * * *',
  missed: '1d',
  run: async () => {},
}

describe('jobs', () => {
  it('every job has a file of its own, and the worker knows each of them', () => {
    const parts = ['job.ts', 'may-write.ts', 'tasks.ts', 'worker.ts']
    const files = readdirSync('lib/jobs').filter((file) => !parts.includes(file))
    expect(Object.keys(tasks).sort()).toEqual(files.map((file) => file.replace(/\.ts$/, '')).sort())
  })

  it('the clock asks for them at the minutes they say, and makes up for what was missed', () => {
    expect(cronLine(job)).toBe('5 0 * * * count ?fill=1d&jobKey=count')
    expect(cronLine({ ...job, at: undefined })).toBe('')
    expect(cronLine({ ...job, queue: 'long' })).toBe('5 0 * * * count ?fill=1d&queue=long&jobKey=count')
    expect(parseCrontab(CRONTAB).map(({ task }) => task)).toEqual([
      'deliver-mail',
      'tell-readers',
      'tell-premieres',
      'derive-states',
      'build-related',
      'make-forecasts',
      'make-open-data',
      'purge',
      'fold-tally',
      'sync-sources',
    ])
  })

  it('a job is told what it takes, or fails before it has done anything', async () => {
    const told: number[][] = []
    const task = taskOf({ ...job, run: async ({ shows }) => void told.push(shows) })
    await task({ shows: [1, 2], _cron: {} }, {} as never)
    await expect(async () => task({ shows: 'all' }, {} as never)).rejects.toThrow()
    expect(told).toEqual([[1, 2]])
  })

  it('who asks while a run is under way has it go round once more, and never twice at once', async () => {
    let under = 0
    let most = 0
    let runs = 0
    let release = () => {}
    const run = oneAtATime(async () => {
      runs++
      most = Math.max(most, ++under)
      await new Promise<void>((done) => {
        release = done
      })
      under--
    })
    const first = run()
    await Promise.all([run(), run()])
    release()
    await Promise.resolve()
    await Promise.resolve()
    release()
    await first
    expect({ runs, most }).toEqual({ runs: 2, most: 1 })
  })

  it('a run that fails leaves the way free for the next', async () => {
    let runs = 0
    const run = oneAtATime(async () => {
      if (++runs === 1) throw new Error('no')
    })
    await expect(run()).rejects.toThrow('no')
    await run()
    expect(runs).toBe(2)
  })
})
