// @ts-check

/**
 * What the private route tells a page about its reader.
 * @typedef {{ signedIn: boolean, following: boolean, news: number }} Me
 */

/** @type {Set<(me: Me) => void>} */
const listeners = new Set()
/** @type {Me | null} */
let known = null
let asked = 0

/** A page is about one season at most: one request answers the header and the button. */
function address() {
  const season = document.querySelector('form[data-island="follow"]')
  if (!(season instanceof HTMLElement)) return '/api/me'
  const { show = '', season: number = '' } = season.dataset
  return `/api/me?${new URLSearchParams({ show, season: number })}`
}

/** Asks for the reader's state again and tells every listener; where it cannot be had, nothing changes. */
export async function askMe() {
  const mine = ++asked
  try {
    const answer = await fetch(address(), { headers: { Accept: 'application/json' }, cache: 'no-store' })
    if (!answer.ok) return
    const me = /** @type {Me} */ (await answer.json())
    if (mine !== asked) return
    known = me
    for (const listen of listeners) listen(me)
  } catch {
    // Offline: the page stays as it is for everybody.
  }
}

/**
 * Tells the reader's state to a part of the page, now if it is known, and whenever it is known anew: another tab
 * may have changed it.
 * @param {(me: Me) => void} listen
 */
export function onMe(listen) {
  listeners.add(listen)
  if (known) listen(known)
  if (asked > 0) return
  askMe()
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && askMe())
  // Said by whatever else on a page changes the reader's state.
  window.addEventListener('greenlit:me', askMe)
}
