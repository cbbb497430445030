// @ts-check
// Starts what a page names with data-island, and the doors of its forms. It stands in every page.
import * as doors from './doors.js'
import * as follow from './follow.js'
import * as search from './search.js'
import * as sinceLooked from './since-looked.js'
import * as theme from './theme.js'
import * as viewer from './viewer.js'

/** @type {Record<string, { start(element: HTMLElement): void }>} */
const ISLANDS = { follow, search, 'since-looked': sinceLooked, theme, viewer }

doors.start()
if (document.readyState === 'loading')
  await new Promise((parsed) => document.addEventListener('DOMContentLoaded', parsed, { once: true }))
doors.sendAtOnce()
// Where React wakes, it must first find the page as the server wrote it; see app/_components/awake.
if ('__next_f' in window && document.documentElement.dataset.awake === undefined)
  await new Promise((woken) => window.addEventListener('greenlit:awake', woken, { once: true }))
for (const element of document.querySelectorAll('[data-island]'))
  if (element instanceof HTMLElement) ISLANDS[element.dataset.island ?? '']?.start(element)
