// @ts-check

/** @param {string} theme */
function choose(theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    if (theme === 'system') localStorage.removeItem('theme')
    else localStorage.setItem('theme', theme)
  } catch {
    // Storage is closed to us: the choice holds for this page.
  }
}

/**
 * Light, dark, or as the system has it; kept in this browser only, where /theme.js finds it before the first paint.
 * @param {HTMLElement} fieldset
 */
export function start(fieldset) {
  const chosen = document.documentElement.dataset.theme ?? 'system'
  for (const radio of fieldset.querySelectorAll('input')) {
    radio.checked = radio.value === chosen
    radio.addEventListener('change', () => choose(radio.value))
  }
}
