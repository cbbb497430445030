import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { newAddress, ownAddress, signIn } from '../support/journey'
import { type BrowserKeys, decryptPush, newBrowserKeys, readVapid } from '../support/push'
import { expectSound } from '../support/sound'

const PORT = Number(process.env.PUSH_PORT)
const SERVICE = `http://127.0.0.1:${PORT}`

interface Pushed {
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

/** A push service, and whatever else a notice is posted to. */
let service: Server
let answer = 201
const received: Pushed[] = []

test.beforeAll(async () => {
  service = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) })
      response.writeHead(answer).end()
    })
  })
  await new Promise<void>((ready) => service.listen(PORT, '127.0.0.1', ready))
})
test.afterAll(() => new Promise((done) => service.close(done)))
/** The browser is named by what it says it is. */
const testButton = { name: /^Test Chrome on / }

test.beforeEach(async ({ context, baseURL }) => {
  answer = 201
  received.length = 0
  await context.setExtraHTTPHeaders(ownAddress())
  await context.grantPermissions(['notifications'], { origin: new URL(baseURL!).origin })
})

/**
 * A browser's push service is out of reach here, so the page's subscription is one with ours: the same calls, real
 * keys. Everything after it is the real thing.
 */
async function subscribeTo(context: BrowserContext, endpoint: string): Promise<BrowserKeys> {
  const keys = newBrowserKeys()
  await context.addInitScript(
    ({ endpoint, keys }) => {
      const bytes = (text: string) =>
        Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0)).buffer
      const subscription = (key: string) => ({
        endpoint,
        options: { applicationServerKey: bytes(key), userVisibleOnly: true },
        getKey: (name: 'p256dh' | 'auth') => bytes(keys[name]),
        unsubscribe: async () => {
          localStorage.removeItem('subscribed')
          return true
        },
      })
      PushManager.prototype.getSubscription = async () => {
        const key = localStorage.getItem('subscribed')
        return (key && subscription(key)) as PushSubscription | null
      }
      PushManager.prototype.subscribe = async (options) => {
        const key = options!.applicationServerKey as string
        localStorage.setItem('subscribed', key)
        return subscription(key) as unknown as PushSubscription
      }
    },
    { endpoint, keys },
  )
  return keys
}

/** The id of the site's service worker registration, as the browser itself names it. */
async function registrationOf(page: Page) {
  const cdp = await page.context().newCDPSession(page)
  const found = new Promise<string>((done) =>
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const here = registrations.find(({ isDeleted }) => !isDeleted)
      if (here) done(here.registrationId)
    }),
  )
  await cdp.send('ServiceWorker.enable')
  const registrationId = await found
  const origin = new URL(page.url()).origin
  /** Pushes until it is seen: a browser may drop what comes while it puts the worker to sleep, a service sends again. */
  return (data: string, seen: () => Promise<void>) =>
    expect(async () => {
      await cdp.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data })
      await seen()
    }, data).toPass()
}

const SEEN = { timeout: 3_000 }

const shown = (page: Page) =>
  page.evaluate(async () => {
    const notifications = await (await navigator.serviceWorker.ready).getNotifications()
    return notifications.map(({ title, body, tag, data }) => ({ title, body, tag, data }))
  })

/** What of a worker's own scope the click needs; the compiler knows only pages. */
interface WorkerScope extends EventTarget {
  clients: { openWindow(path: string): Promise<unknown> }
  registration: ServiceWorkerRegistration
  NotificationEvent: new (kind: string, init: object) => Event & { waitUntil(work: Promise<unknown>): void }
}

/** Clicks the shown notification in the worker; the window it opens is told instead of opened. */
async function clickNotification(context: BrowserContext): Promise<string | undefined> {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  return worker.evaluate(async () => {
    const scope = self as unknown as WorkerScope
    let opened: string | undefined
    // Only a person's own click may open a window.
    scope.clients.openWindow = async (path) => {
      opened = String(path)
      return null
    }
    const [notification] = await scope.registration.getNotifications()
    let work: Promise<unknown> | undefined
    const click = new scope.NotificationEvent('notificationclick', { notification })
    click.waitUntil = (promise) => {
      work = promise
    }
    scope.dispatchEvent(click)
    await work
    return opened
  })
}

test('a browser is turned on with one press, gets an encrypted push, shows it, and a click leads to the list', async ({
  page,
  context,
  baseURL,
}) => {
  const keys = await subscribeTo(context, `${SERVICE}/push/first`)
  await signIn(page, newAddress(), '/settings/notices')
  await page.getByRole('button', { name: 'Turn on in this browser' }).click()
  await expect(page.getByRole('button', { name: 'Turn off in this browser' })).toBeVisible()
  await page.getByRole('button', testButton).click()
  await expect(page.getByText('Last delivered on')).toBeVisible()
  expect(received.map(({ path }) => path)).toEqual(['/push/first'])
  const [{ headers, body }] = received as [Pushed]
  expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'normal' })
  expect(Number(headers.ttl)).toBeGreaterThan(0)
  const vapid = readVapid(headers.authorization!)
  const offered = (await (await page.request.get('/api/me/push/key')).json()) as { key: string }
  expect([vapid.aud, vapid.key]).toEqual([SERVICE, offered.key])

  const payload = decryptPush(body, keys)
  expect(JSON.parse(payload)).toMatchObject({ url: `${baseURL}/following` })
  const push = await registrationOf(page)
  await push(payload, () => expect.poll(() => shown(page), SEEN).toHaveLength(1))
  expect(await shown(page)).toMatchObject([
    { title: 'Greenlit can reach you here', tag: 'Greenlit', data: { path: '/following' } },
  ])
  // A second push of the same season takes the first one's place.
  await push(JSON.stringify({ ...JSON.parse(payload), title: 'Again' }), () =>
    expect.poll(async () => (await shown(page)).map(({ title }) => title), SEEN).toEqual(['Again']),
  )

  const opened = await clickNotification(context)
  expect(opened).toBe('/following')
  await page.goto(opened!)
  await expect(page.getByRole('heading', { name: 'Following' })).toBeVisible()
  expect(await shown(page)).toEqual([])

  await page.goto('/settings/notices')
  await page.getByRole('button', { name: 'Turn off in this browser' }).click()
  await expect(page.getByRole('button', { name: 'Turn on in this browser' })).toBeVisible()
  await expect(page.getByRole('button', testButton)).toHaveCount(0)
})

test('a push that makes no sense, or leads elsewhere, is shown as ours and leads to the list', async ({
  page,
  context,
}) => {
  await subscribeTo(context, `${SERVICE}/push/nonsense`)
  await signIn(page, newAddress(), '/settings/notices')
  await page.getByRole('button', { name: 'Turn on in this browser' }).click()
  await expect(page.getByRole('button', { name: 'Turn off in this browser' })).toBeVisible()
  const push = await registrationOf(page)
  const told = [
    'not json',
    'null',
    '[]',
    '{"title":"Away","url":"https://evil.example/x"}',
    '{"url":"javascript:alert(1)"}',
  ]
  for (const data of told) {
    const before = (await shown(page)).length
    await push(data, () => expect.poll(async () => (await shown(page)).length, SEEN).toBeGreaterThan(before))
  }
  for (const { data } of await shown(page)) expect(data).toEqual({ path: '/following' })
})

test('a browser that ended its subscription is named as that, and nothing more is sent to it', async ({
  page,
  context,
}) => {
  await subscribeTo(context, `${SERVICE}/push/gone`)
  await signIn(page, newAddress(), '/settings/notices')
  await page.getByRole('button', { name: 'Turn on in this browser' }).click()
  await expect(page.getByRole('button', { name: 'Turn off in this browser' })).toBeVisible()
  answer = 410
  await page.getByRole('button', testButton).click()
  await expect(page.getByRole('alert').getByText('The browser has ended its subscription.')).toBeVisible()
  await page.reload()
  await expect(page.getByText('because the other side refused for good')).toBeVisible()
})

test('a webhook is added without JavaScript, tested, and its receiver can check who wrote', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, extraHTTPHeaders: ownAddress() })
  const page = await context.newPage()
  await signIn(page, newAddress(), '/settings/notices')
  await page.getByLabel('Address', { exact: true }).fill(`${SERVICE}/hooks/mine`)
  await page.getByLabel('What you call it').fill('My hook')
  await page.getByRole('button', { name: 'Add a webhook' }).click()
  const secret = (await page.locator('code', { hasText: 'whsec_' }).textContent())!
  await page.getByRole('button', { name: 'Test My hook' }).click()
  await expect(page.getByText('Last delivered on')).toBeVisible()
  await expect(page.getByText(secret)).toHaveCount(0)
  const [{ path, headers, body }] = received as [Pushed]
  expect(path).toBe('/hooks/mine')
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const expected = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(signed)
  expect(headers['webhook-signature']).toBe(`v1,${expected.digest('base64')}`)
  expect(JSON.parse(body.toString())).toMatchObject({ type: 'test', data: { url: `${baseURL}/following` } })

  await page.getByRole('link', { name: 'Show the secret of My hook' }).click()
  await expect(page.getByText(secret)).toBeVisible()
  await page.getByRole('button', { name: 'Turn off My hook' }).click()
  await expect(page.getByText('Turned off.')).toBeVisible()
  await page.getByRole('button', { name: 'Remove My hook' }).click()
  await expect(page.getByText('My hook')).toHaveCount(0)
  await context.close()
})

test('a webhook to an address inside is refused beside the field, and nothing is kept', async ({ page }) => {
  await signIn(page, newAddress(), '/settings/notices')
  for (const url of ['http://127.0.0.1:1/', 'https://localhost/', 'https://169.254.169.254/latest']) {
    await page.getByLabel('Address', { exact: true }).fill(url)
    await page.getByRole('button', { name: 'Add a webhook' }).click()
    await expect(page.getByRole('alert').getByText(/address/)).toBeVisible()
  }
  await page.reload()
  await expect(page.getByRole('button', { name: /^Test / })).toHaveCount(0)
  await page.getByLabel('Address', { exact: true }).fill(`${SERVICE}/topic-of-mine`)
  await page.getByLabel('Format').selectOption('ntfy')
  await page.getByRole('button', { name: 'Add a webhook' }).click()
  await expect(page.getByText('whsec_')).toBeVisible()
  answer = 500
  await page.getByRole('button', { name: 'Test 127.0.0.1' }).click()
  await expect(page.getByRole('alert').getByText('127.0.0.1 answered 500.')).toBeVisible()
  expect(JSON.parse(received[0]!.body.toString())).toMatchObject({ topic: 'topic-of-mine' })
  await page.reload()
  await expectSound(page, 'settings with a webhook that fails')
})
