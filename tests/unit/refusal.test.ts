import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { refused } from '@/app/_doors/answer'
import { REFUSALS, type RefusalReason } from '@/lib/shared/refusal'

const reasons = Object.keys(REFUSALS) as RefusalReason[]
const ask = new Request('http://localhost/api/me/wishes', { method: 'POST' })

test.each(reasons)(
  'a command that refuses with "%s" is answered with its status and a sentence',
  async (reason) => {
    const answer = refused(ask, { ok: false, reason, message: 'Nothing was changed.', retryAfterSeconds: 7 })
    const { status, field } = REFUSALS[reason] as { status: number; field?: string }
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({
      status,
      reason,
      detail: 'Nothing was changed.',
      ...(field && { field }),
    })
    expect(answer.headers.get('retry-after')).toBe('7')
  },
)

test('a field that the command names goes before the usual one', async () => {
  const answer = refused(ask, { ok: false, reason: 'address', message: 'x', field: 'recipient' })
  expect(await answer.json()).toMatchObject({ field: 'recipient' })
})

test('no reason stands there that no command gives', () => {
  const files = execFileSync('git', ['ls-files', 'lib'], { encoding: 'utf8' }).split('\n')
  const text = files
    .filter((file) => /\.ts$/.test(file) && !file.endsWith('shared/refusal.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  expect(reasons.filter((reason) => !text.includes(`'${reason}'`))).toEqual([])
})
