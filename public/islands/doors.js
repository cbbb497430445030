// @ts-check
import { askDoor } from './ask-door.js'

/** Forms whose answer is awaited. */
const sending = new WeakSet()
let problems = 0

/** What a field was described by before something was wrong with it. @type {WeakMap<Element, string | null>} */
const describedBy = new WeakMap()

/**
 * Says a refusal beside the field it is about, or below them all; nothing typed is lost. Whoever has to sign in first can
 * do it in another tab.
 * @param {HTMLFormElement} form
 * @param {{ detail: string, field?: string, signIn?: string }} [problem] none: what was said is taken back
 */
function say(form, problem) {
  const alert = /** @type {HTMLElement} */ (form.querySelector('[role="alert"]'))
  alert.id ||= `problem-${++problems}`
  for (const mended of form.querySelectorAll('[aria-invalid="true"]')) {
    mended.removeAttribute('aria-invalid')
    const before = describedBy.get(mended)
    if (before) mended.setAttribute('aria-describedby', before)
    else mended.removeAttribute('aria-describedby')
  }
  alert.textContent = problem?.detail ?? ''
  const named = problem?.field ? form.elements.namedItem(problem.field) : null
  const wrong = named instanceof HTMLElement && named.matches(':not([type="hidden"])') ? named : null
  if (wrong) {
    ;(wrong.closest('label') ?? wrong).after(alert)
    describedBy.set(wrong, wrong.getAttribute('aria-describedby'))
    wrong.setAttribute('aria-invalid', 'true')
    wrong.setAttribute('aria-describedby', `${alert.id} ${describedBy.get(wrong) ?? ''}`.trim())
    wrong.focus()
  } else form.append(alert)
  if (problem?.signIn) {
    const link = document.createElement('a')
    Object.assign(link, { href: problem.signIn, target: '_blank', textContent: 'Sign in in another tab' })
    alert.append(' ', link, ', then press again here: nothing is lost.')
  }
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
