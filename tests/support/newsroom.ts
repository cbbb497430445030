/** Something new about a season, in a journey: a claim an operator imports as news, as the worker then tells it. */
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from '@playwright/test'

/** A show of the starter catalogue that is over and nobody says anything about, so that no other journey misses what is said here. */
export const QUIET_SHOW = { slug: 'orphan-black', title: 'Orphan Black', season: 6 } as const

/** Runs the operators' command line against the journeys' database. */
export function greenlit(...words: string[]): string {
  const run = spawnSync(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', path.join('lib', 'cli', 'main.ts'), ...words],
    { encoding: 'utf8', env: { ...process.env, GREENLIT_ROLE: 'cli' } },
  )
  if (run.status !== 0) throw new Error(`greenlit ${words.join(' ')}: ${run.stderr}`)
  return run.stdout
}

/** The makers say something about a season today. */
export function makersSay(
  kind: string,
  { slug, season }: { slug: string; season: number },
  date?: string,
): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'greenlit-news-'))
  const file = path.join(folder, 'claims.ndjson')
  const today = new Date().toISOString().slice(0, 10)
  writeFileSync(
    file,
    `${JSON.stringify({
      show: `greenlit:${slug}`,
      season,
      kind,
      value: `The makers say: ${kind}.`,
      date: date ?? null,
      publisher: 'The Makers',
      url: `https://makers.example/${randomUUID()}`,
      published_on: today,
      source_class: 'official',
    })}\n`,
  )
  try {
    greenlit('import', 'claims', file, '--live')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Waits until all that was said has been told: whoever wishes to be told again before then is told of it, too. */
export async function onceTold(): Promise<void> {
  const untold = () => {
    const { held, waiting } = JSON.parse(greenlit('notices', '--json')) as { held: number; waiting: number }
    return held + waiting
  }
  await expect.poll(untold, { timeout: 30_000 }).toBe(0)
}
