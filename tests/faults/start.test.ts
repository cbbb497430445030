import { expect, it } from 'vitest'
import { killRounds } from './kill-start'

const rounds = Number(process.env.KILL_ROUNDS ?? 2)

it('a start that is killed at any moment is followed by a clean start with nothing confirmed lost', {
  timeout: rounds * 400_000,
}, async () => {
  const seed = Number(process.env.KILL_SEED ?? Date.now() % 100_000)
  console.log(`seed ${seed}`)
  // The load is killed as it would be with all shows; only the wait for the next start is shorter.
  const seen = await killRounds(rounds, seed, console.log, 6)
  expect(seen).toHaveLength(rounds)
})
