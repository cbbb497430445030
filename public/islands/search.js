// @ts-check

/**
 * @typedef {{ slug?: string, title: string, matched: string, path: string, facts: string, lamp: string | null,
 *   says: string | null, cover: string }} Suggestion
 */

const QUIET_MS = 120
const SHOWN = 8
const CHARACTERS_MAX = 200

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

/**
 * Makes the search form the combobox of the WAI-ARIA practices (list autocomplete, manual selection). The list only
 * helps; Enter in the box always searches.
 * @param {HTMLElement} search
 */
export function start(search) {
  const input = /** @type {HTMLInputElement} */ (search.querySelector('[role="combobox"]'))
  const list = /** @type {HTMLElement} */ (search.querySelector('[role="listbox"]'))
  const status = /** @type {HTMLElement} */ (search.querySelector('[aria-live]'))
  const { beside } = search.dataset
  /** @type {Suggestion[]} */
  let results = []
  /** What the results answer. */
  let resultsFor = /** @type {string | null} */ (null)
  let open = false
  let active = -1
  let quiet = 0
  let asking = new AbortController()

  const asked = () => input.value.trim()
  const isExpanded = () => open && results.length > 0 && resultsFor === asked()

  function draw() {
    const expanded = isExpanded()
    list.hidden = !expanded
    input.setAttribute('aria-expanded', String(expanded))
    for (const [i, option] of [...list.children].entries())
      option.setAttribute('aria-selected', String(i === active))
    const chosen = expanded ? list.children[active] : undefined
    if (chosen) input.setAttribute('aria-activedescendant', chosen.id)
    else input.removeAttribute('aria-activedescendant')
    if (!open || resultsFor !== asked()) status.textContent = ''
    else if (results.length === 0) status.textContent = 'No shows found'
    else
      status.textContent = `${results.length} ${results[0]?.slug ? 'show' : 'list'}${results.length === 1 ? '' : 's'} found`
  }

  /** @param {Suggestion} chosen */
  function go({ slug, path }) {
    close()
    window.location.assign(beside ? `/shows/${beside}/suggest/${slug}` : path)
  }

  function close() {
    open = false
    active = -1
    draw()
  }

  /**
   * @param {Suggestion} result
   * @param {number} i
   */
  function option(result, i) {
    const attributes = { id: `${list.id}-${i}`, role: 'option', tabindex: '-1', 'aria-selected': 'false' }
    const element = make('div', attributes, make('span', {}, result.title))
    if (result.matched !== result.title)
      element.append(make('span', { 'data-part': 'matched' }, result.matched))
    if (result.facts) element.append(make('span', { 'data-part': 'facts' }, result.facts))
    if (result.lamp)
      element.append(
        make(
          'span',
          { 'data-part': 'state' },
          make('img', { src: `/lamps/${result.lamp}.svg`, alt: '', width: '14', height: '14' }),
          result.says ?? '',
        ),
      )
    const cover = make('span', { 'data-part': 'cover' })
    // Drawn by the site from numbers: no text of anybody's is in it.
    cover.innerHTML = result.cover
    element.append(cover)
    // The focus stays in the box.
    element.addEventListener('pointerdown', (event) => event.preventDefault())
    element.addEventListener('click', () => go(result))
    return element
  }

  async function suggest() {
    const query = asked()
    asking.abort()
    asking = new AbortController()
    try {
      const answer = await fetch(`/api/v1/search?q=${encodeURIComponent(query)}&limit=${SHOWN}&covers=1`, {
        signal: asking.signal,
      })
      if (!answer.ok) return
      results = (await answer.json()).results
      // Only a show can be named beside another.
      if (beside) results = results.filter(({ slug }) => slug)
      resultsFor = query
      active = -1
      list.replaceChildren(...results.map(option))
      draw()
    } catch {
      // Offline or overtaken by the next letter: the form still searches.
    }
  }

  function show() {
    open = true
    draw()
    clearTimeout(quiet)
    asking.abort()
    const query = asked()
    if (query !== '' && query.length <= CHARACTERS_MAX && query !== resultsFor)
      quiet = window.setTimeout(suggest, QUIET_MS)
  }

  input.addEventListener('input', show)
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    const { key } = event
    const last = results.length - 1
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault()
      const expanded = isExpanded()
      if (!open) show()
      if (event.altKey || !expanded) return
      if (key === 'ArrowDown') active = active >= last ? 0 : active + 1
      else active = active <= 0 ? last : active - 1
      draw()
    } else if (key === 'Enter') {
      const chosen = isExpanded() ? results[active] : undefined
      if (!chosen) return
      event.preventDefault()
      go(chosen)
    } else if (key === 'Escape') {
      event.preventDefault()
      if (!isExpanded()) input.value = ''
      close()
    } else if (['Home', 'End', 'ArrowLeft', 'ArrowRight'].includes(key)) {
      // The caret moves in the text; the list lets go of it.
      active = -1
      draw()
    } else if (key === 'Tab') close()
  })
  search.addEventListener('focusout', (event) => {
    if (!search.contains(/** @type {Node | null} */ (event.relatedTarget))) close()
  })
}
