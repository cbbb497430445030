// @ts-check

/**
 * What the private route tells a page about its reader.
 * @typedef {{ signedIn: boolean, following: boolean, news: number }} Me
 */

/** @type {Set<(me: Me) => void>} */
const listeners = new Set()
let asked = 0

/** A page is about one season at most: one request answers the header and the button. */
function address() {
  const form = document.querySelector('form[data-island="follow"]')
  if (!(form instanceof HTMLFormElement)) return '/api/me'
  const asked = new FormData(form)
  return `/api/me?${new URLSearchParams({ show: String(asked.get('show')), season: String(asked.get('season')) })}`
}

/** Asks for the reader's state again and tells every listener; where it cannot be had, nothing changes. */
export async function askMe() {
  const mine = ++asked
  try {
    const answer = await fetch(address(), { headers: { Accept: 'application/json' }, cache: 'no-store' })
    if (!answer.ok) return
    const me = /** @type {Me} */ (await answer.json())
    if (mine !== asked) return
    for (const listen of listeners) listen(me)
  } catch {
    // Offline: the page stays as it is for everybody.
  }
}

/**
 * Tells the reader's state to a part of the page whenever it is known anew: another tab may have changed it. The parts
 * of a page start together, before the first answer.
 * @param {(me: Me) => void} listen
 */
export function onMe(listen) {
  listeners.add(listen)
  if (asked > 0) return
  askMe()
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && askMe())
  // Said by whatever else on a page changes the reader's state.
  window.addEventListener('greenlit:me', askMe)
}
