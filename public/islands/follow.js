// @ts-check
import { askDoor } from './ask-door.js'
import { askMe, onMe } from './me.js'

/**
 * Lets the form of a season follow and unfollow in place: it learns whether its reader follows already, answers
 * beside the button, and takes a double click for one.
 * @param {HTMLElement} element
 */
export function start(element) {
  const form = /** @type {HTMLFormElement} */ (element)
  const button = /** @type {HTMLButtonElement} */ (form.querySelector('button'))
  const label = /** @type {HTMLElement} */ (form.querySelector('[data-part="label"]'))
  const note = /** @type {HTMLElement} */ (form.querySelector('[role="status"]'))
  const want = /** @type {HTMLInputElement} */ (form.elements.namedItem('want'))
  const season = new FormData(form).get('season')
  const [stop, on, off] =
    form.dataset.revival === undefined
      ? [
          `Unfollow season ${season}`,
          `You follow season ${season}.`,
          `You no longer follow season ${season}.`,
        ]
      : ['No longer tell me', 'You are told if it is revived.', 'You are no longer told.']
  let sending = false
  let message = ''

  /** @param {boolean} following */
  const show = (following) => {
    want.value = following ? 'unfollow' : 'follow'
    button.dataset.following = String(following)
    label.textContent = following ? stop : (form.dataset.follow ?? '')
    note.textContent =
      message ||
      (following
        ? 'On your list, with what changed since you last looked.'
        : 'Keeps it on your list, with what changed since you last looked.')
  }
  const isFollowing = () => want.value === 'unfollow'

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (sending) return
    sending = true
    const said = await askDoor(form, event.submitter)
    if (said.signIn) window.location.assign(said.signIn)
    else if (said.ok) {
      message = said.following ? on : off
      show(said.following === true)
    } else {
      message = said.detail
      show(isFollowing())
    }
    sending = false
    askMe()
  })
  onMe((me) => {
    if (sending || me.following === isFollowing()) return
    // Another tab did it: what was said here is no longer so.
    message = ''
    show(me.following)
  })
}
