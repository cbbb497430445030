// @ts-check
let problems = 0

/**
 * Puts what a refusal says beside the field it is about, and takes the reader there, or below the fields. Whoever has to
 * sign in first can do it in another tab.
 * @param {HTMLFormElement} form
 * @param {HTMLElement} alert that says it
 * @param {{ field?: string, signIn?: string }} problem
 */
export function mend(form, alert, { field, signIn }) {
  alert.id ||= `problem-${++problems}`
  for (const mended of form.querySelectorAll('[aria-invalid]')) mended.removeAttribute('aria-invalid')
  const named = field ? form.elements.namedItem(field) : null
  const wrong = named instanceof HTMLElement && !named.matches('[type="hidden"]') ? named : null
  const about = (wrong ?? form).getAttribute('aria-describedby') ?? ''
  // It stays there once it is mended: what says nothing describes nothing.
  if (!about.split(' ').includes(alert.id))
    (wrong ?? form).setAttribute('aria-describedby', `${alert.id} ${about}`.trim())
  if (wrong) {
    ;(wrong.closest('label') ?? wrong).after(alert)
    wrong.setAttribute('aria-invalid', 'true')
    wrong.focus()
  } else form.append(alert)
  if (!signIn) return
  const link = document.createElement('a')
  Object.assign(link, { href: signIn, target: '_blank', textContent: 'Sign in in another tab' })
  alert.append(' ', link, ', then press again here: nothing is lost.')
}
