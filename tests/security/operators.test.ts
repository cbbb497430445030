/** What is an operator's is asked where the data is: a page that forgets to ask shows nothing. */
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { db } from '@/db/client'
import { reader } from '@/db/schema/account'
import { setRole } from '@/lib/accounts/commands'
import { viewerOf } from '@/lib/accounts/queries'
import { AT_THE_MACHINE } from '@/lib/accounts/rules'
import { pauseNotices, retryParked } from '@/lib/notices/commands'
import { arePaused, getDeliveries, listFailed } from '@/lib/notices/queries'
import { greenlit } from '../support/command-line'
import { signInAs } from '../support/readers'

const now = new Date()

it('readers, editors and nobody see no deliveries, and stop nothing', async () => {
  const browser = await signInAs('ana@greenlit.test')
  for (const role of ['reader', 'editor'] as const) {
    await setRole('ana@greenlit.test', role)
    const viewer = await viewerOf(browser.headers())
    expect(viewer?.role).toBe(role)
    expect(await getDeliveries(viewer, now)).toBeNull()
    expect(await listFailed(viewer)).toBeNull()
    expect(await pauseNotices(viewer, true)).toBe(false)
    expect(await retryParked(viewer, now)).toBeNull()
  }
  for (const nobody of [null, {} as never, { role: 'Operator' } as never])
    expect(await getDeliveries(nobody, now)).toBeNull()
  expect(await pauseNotices(null, true)).toBe(false)
  expect(await arePaused()).toBe(false)
})

it('an operator sees them, until the role is taken away, from the next request on', async () => {
  const browser = await signInAs('ops@greenlit.test')
  await setRole('ops@greenlit.test', 'operator')
  expect(await getDeliveries(await viewerOf(browser.headers()), now)).toMatchObject({
    paused: false,
    failed: [],
  })
  await db().update(reader).set({ role: 'reader' }).where(eq(reader.email, 'ops@greenlit.test'))
  expect(await getDeliveries(await viewerOf(browser.headers()), now)).toBeNull()
})

it('the command line is an operator of its own kind', async () => {
  expect(await getDeliveries(AT_THE_MACHINE, now)).toMatchObject({ waiting: 0 })
  expect((await greenlit('notices', '--pause')).status).toBe(0)
  expect(await arePaused()).toBe(true)
  expect(JSON.parse((await greenlit('notices', '--json')).out)).toMatchObject({ paused: true })
  expect((await greenlit('notices', '--resume')).out).toBe('resumed')
  expect((await greenlit('notices', '--retry')).out).toBe('0 parked notices are back in line')
})
