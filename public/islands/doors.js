// @ts-check
import { askDoor } from './ask-door.js'

/** Forms whose answer is awaited. */
const sending = new WeakSet()

/**
 * @param {HTMLFormElement} form
 * @param {{ detail: string, field?: string, signIn?: string }} [problem] said in the form; nothing typed is lost
 */
function say(form, problem) {
  const alert = /** @type {HTMLElement} */ (form.querySelector('[role="alert"]'))
  alert.textContent = problem?.detail ?? ''
  // Few forms are refused: the rest of it is fetched then.
  if (problem) import('./mend.js').then(({ mend }) => mend(form, alert, problem))
}

/**
 * Takes the reader to where a door sends them.
 * @param {HTMLFormElement} form
 * @param {string} location
 * @returns {boolean} false where the page has said that it goes there itself, and stays
 */
function leave(form, location) {
  const leaving = new CustomEvent('greenlit:leave', { bubbles: true, cancelable: true, detail: location })
  if (!form.dispatchEvent(leaving)) return false
  if (location === window.location.pathname + window.location.search) window.location.reload()
  else window.location.assign(location)
  return true
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 */
async function send(form, submitter) {
  // A double click is one click.
  if (sending.has(form)) return
  sending.add(form)
  say(form)
  const said = await askDoor(form, submitter)
  if (!said.ok || !said.location) say(form, said)
  else if (leave(form, said.location)) return // still sending: the page is about to go
  sending.delete(form)
}

/** Awaits the answer of every form to a door, also of those that come into the page later. */
export function start() {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || form.dataset.door === undefined) return
    event.preventDefault()
    send(form, event.submitter)
  })
}

/** Sends what is to be sent when a page opens. */
export function sendAtOnce() {
  for (const form of document.querySelectorAll('form'))
    if (form.dataset.door === 'at-once') form.requestSubmit()
}
