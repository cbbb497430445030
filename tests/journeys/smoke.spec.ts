import { expect, test } from '@playwright/test'

test('the front page answers with a heading', async ({ page }) => {
  const answer = await page.goto('/')
  expect(answer?.status()).toBe(200)
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
})

test('the site says that it is well', async ({ request }) => {
  expect((await request.get('/health')).status()).toBe(200)
})

test('a connection outlives the minute a proxy in front keeps it, so none is closed under a request', async ({
  request,
}) => {
  const kept = (await request.get('/health')).headers()['keep-alive']
  expect(Number(/timeout=(\d+)/.exec(kept ?? '')?.[1])).toBeGreaterThan(60)
})
