// @ts-check
import { onMe } from './me.js'

/**
 * Says Settings instead of Sign in to whoever is signed in, and how many changes wait for them.
 * @param {HTMLElement} menu
 */
export function start(menu) {
  const account = /** @type {HTMLAnchorElement} */ (menu.querySelector('[data-part="account"]'))
  const news = /** @type {HTMLElement} */ (menu.querySelector('[data-part="news"]'))
  const [count, unit] = /** @type {[HTMLElement, HTMLElement]} */ ([...news.children])
  onMe((me) => {
    menu.dataset.signedIn = String(me.signedIn)
    account.href = me.signedIn ? '/settings' : '/sign-in'
    account.textContent = me.signedIn ? 'Settings' : 'Sign in'
    count.textContent = String(me.news)
    unit.textContent = me.news === 1 ? ' change' : ' changes'
    news.hidden = me.news === 0
  })
}
