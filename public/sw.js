/*
 * The service worker: shows what is pushed to this browser, and keeps one copy of /following for when there is no
 * network. The copy is the signed-in reader's alone: it goes when anybody signs in or out here, when the account is
 * deleted, and when the site answers that nobody is signed in; it is given for no other address.
 */
const PAGE = '/following'
const COPY = 'following'
const PARTS = 'following-parts'
const KEPT_MS = 14 * 86_400_000 // as long as a session lasts without a visit
/** What the page says of itself when it holds a reader's list. */
const MARK = 'data-offline="keep"'

/** Rises when the copy is forgotten: an answer that was asked for before must not be kept after. */
let epoch = 0
/** Until the site has heard that a reader leaves, it would still answer another tab with the list. */
let restUntil = 0
const REST_MS = 10_000

async function forget() {
  epoch++
  await Promise.all([caches.delete(COPY), caches.delete(PARTS)])
}

async function endPush() {
  const subscription = await self.registration.pushManager?.getSubscription()
  await subscription?.unsubscribe()
}

/** The page without scripts, so that it stands still, and with a line that says what it is. */
function copyOf(html, at) {
  const when = at.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' })
  const line = `<p class="notice" role="status">There is no connection. This is a copy from ${when}; nothing can be changed in it.</p>`
  return html
    .replace(/<script\b(?![^>]*\bsrc="\/theme\.js")[^>]*>[\s\S]*?<\/script>/g, '')
    .replace(/<link\b[^>]*\bas="script"[^>]*>/g, '')
    .replace(/<form\b/g, '<form inert')
    .replace(/<main\b[^>]*>/, (main) => main + line)
}

async function keepParts(html) {
  const wanted = new Set(html.match(/\/_next\/static\/[\w./~%-]+\.(?:css|woff2)/g)).add('/theme.js')
  const parts = await caches.open(PARTS)
  for (const held of await parts.keys()) if (!wanted.has(new URL(held.url).pathname)) await parts.delete(held)
  for (const part of wanted) if (!(await parts.match(part))) await parts.add(part)
}

async function keep(answer, began) {
  const html = await answer.text()
  if (!html.includes(MARK)) return forget()
  const at = new Date()
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': answer.headers.get('Content-Security-Policy') ?? "default-src 'self'",
    'X-Kept-At': String(at.getTime()),
  }
  if (epoch !== began || at.getTime() < restUntil) return
  const cache = await caches.open(COPY)
  await cache.put(PAGE, new Response(copyOf(html, at), { headers }))
  await keepParts(html)
  if (epoch !== began) await forget()
}

async function keptCopy() {
  const copy = await caches.match(PAGE, { cacheName: COPY })
  if (copy && Date.now() - Number(copy.headers.get('X-Kept-At')) < KEPT_MS) return copy
  if (copy) await forget()
  return Response.error()
}

/** The network's answer; the kept copy only where there is none. */
async function following(event, url) {
  const began = epoch
  let answer
  try {
    answer = await fetch(event.request)
  } catch {
    return keptCopy()
  }
  if (answer.type === 'opaqueredirect') event.waitUntil(forget())
  else if (answer.status === 200 && !url.search) event.waitUntil(keep(answer.clone(), began))
  return answer
}

/** Asks for the page afresh and keeps it, for a reader who came before this worker did. */
async function fetchCopy() {
  const began = epoch
  const answer = await fetch(PAGE, { credentials: 'same-origin', redirect: 'manual' })
  if (answer.type === 'opaqueredirect') await forget()
  else if (answer.status === 200) await keep(answer, began)
}

async function part(request) {
  return (await caches.match(request, { cacheName: PARTS, ignoreVary: true })) ?? fetch(request)
}

const networkFirst = (request) =>
  fetch(request).catch(async () => (await caches.match(request, { cacheName: PARTS })) ?? Response.error())

const changesReader = ({ method }, { pathname }) =>
  pathname.startsWith('/api/auth/callback/') ||
  (method === 'POST' && /^\/api\/(auth\/|me\/(delete|sessions)$)/.test(pathname))

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== self.location.origin) return
  // Looked at, never answered by us: a request we passed on would seem to come from this site.
  if (changesReader(request, url)) {
    event.waitUntil(forget())
    if (/\/(sign-out|delete)$/.test(url.pathname)) {
      restUntil = Date.now() + REST_MS
      // Who signs out of a shared browser is not told in it any more.
      event.waitUntil(endPush())
    }
  } else if (request.method !== 'GET') return
  else if (request.mode === 'navigate' && url.pathname === PAGE) event.respondWith(following(event, url))
  else if (/^\/_next\/static\/.*\.(css|woff2)$/.test(url.pathname)) event.respondWith(part(request))
  else if (url.pathname === '/theme.js') event.respondWith(networkFirst(request))
})

self.addEventListener('message', (event) => {
  if (event.data === 'keep') event.waitUntil(fetchCopy())
  if (event.data === 'forget') event.waitUntil(forget())
})

/** The path of an address of this site; the reader's list for every other. */
function pathOf(address) {
  try {
    const url = new URL(address, self.location.origin)
    return url.origin === self.location.origin ? url.pathname + url.search + url.hash : PAGE
  } catch {
    return PAGE
  }
}

self.addEventListener('push', (event) => {
  let told = {}
  try {
    told = event.data.json() ?? {}
  } catch {
    // A browser insists that something is shown for every push.
  }
  const tag = String(told.tag ?? '')
  event.waitUntil(
    self.registration.showNotification(String(told.title ?? 'Greenlit'), {
      body: String(told.body ?? ''),
      tag,
      renotify: tag !== '',
      icon: '/icons/lamp-192.png',
      badge: '/icons/badge-96.png',
      data: { path: pathOf(told.url ?? PAGE) },
    }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const path = pathOf(event.notification.data?.path ?? PAGE)
  const show = async () => {
    const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
    const there = windows.find((client) => pathOf(client.url) === path)
    return there ? there.focus() : self.clients.openWindow(path)
  }
  event.waitUntil(show())
})
