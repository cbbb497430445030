// @ts-check

const KEYS_MAX = 60

/**
 * @param {string} name
 * @returns {{ at: string, keys: string[] } | null}
 */
function recall(name) {
  try {
    const memory = JSON.parse(localStorage.getItem(name) ?? 'null')
    return memory && Array.isArray(memory.keys) && typeof memory.at === 'string' ? memory : null
  } catch {
    return null
  }
}

/**
 * Shows what changed about a show since this browser last looked at it, out of the newest changes that stand hidden
 * in the page. Only the browser remembers; nobody is told.
 * @param {HTMLElement} aside
 */
export function start(aside) {
  const items = [...aside.querySelectorAll('li')]
  const name = `greenlit.looked.${aside.dataset.show}`
  const memory = recall(name)
  const keys = items.map((item) => item.dataset.key ?? '')
  try {
    const kept = [...new Set([...keys, ...(memory?.keys ?? [])])].slice(0, KEYS_MAX)
    localStorage.setItem(name, JSON.stringify({ at: new Date().toISOString().slice(0, 10), keys: kept }))
  } catch {
    // A browser that keeps nothing is told nothing.
  }
  if (!memory) return
  for (const item of items) if (memory.keys.includes(item.dataset.key ?? '')) item.remove()
  const fresh = aside.querySelectorAll('li').length
  if (fresh === 0) return
  const changes = /** @type {HTMLElement} */ (aside.querySelector('[data-part="changes"]'))
  const time = /** @type {HTMLTimeElement} */ (aside.querySelector('time'))
  changes.textContent = fresh === 1 ? 'One change' : `${fresh} changes`
  time.dateTime = memory.at
  time.textContent = new Date(`${memory.at}T12:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
  aside.querySelector('button')?.addEventListener('click', () => {
    aside.hidden = true
  })
  aside.hidden = false
}
