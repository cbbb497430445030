/** What a page leaves empty, and covers of one drawing beside each other, measured in the browser that shows it. */
import type { Page } from '@playwright/test'

/** Height in CSS pixels from which an empty stretch is a hole. */
export const HOLE_PX = 400

/**
 * The holes of an open page, a line each. A page's own width is that of what it prints; where a third of it holds
 * nothing for more than `HOLE_PX` while another third does, a column ended too early, and where no third does, two
 * blocks stand too far apart. On a narrow window there is one column.
 */
export const holesOf = (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const main = document.querySelector('main')!
    const inks: DOMRect[] = []
    const shown = (element: Element | null) =>
      element?.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) &&
      !element.closest('.visually-hidden')
    const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const { parentElement, textContent } = texts.currentNode
      if (!textContent?.trim() || parentElement?.closest('svg') || !shown(parentElement)) continue
      const range = document.createRange()
      range.selectNodeContents(texts.currentNode)
      inks.push(...range.getClientRects())
    }
    for (const drawn of main.querySelectorAll('svg, img, button, input, select, textarea'))
      if (shown(drawn)) inks.push(drawn.getBoundingClientRect())
    const seen = inks
      .filter(({ width, height }) => width > 1 && height > 1)
      .map(({ left, right, top, bottom }) => ({
        left,
        right,
        top: top + window.scrollY,
        bottom: bottom + window.scrollY,
      }))
    const edge = {
      left: Math.min(...seen.map(({ left }) => left)),
      right: Math.max(...seen.map(({ right }) => right)),
      top: Math.min(...seen.map(({ top }) => top)),
      bottom: Math.max(...seen.map(({ bottom }) => bottom)),
    }
    const columns = window.innerWidth < 1024 ? 1 : 3
    const width = (edge.right - edge.left) / columns
    return Array.from({ length: columns }, (_, i) => edge.left + i * width).flatMap((from, i) => {
      const inside = seen
        .filter(({ left, right }) => left < from + width - 1 && right > from + 1)
        .sort((a, b) => a.top - b.top)
      const found: string[] = []
      let reached = edge.top
      for (const { top, bottom } of [...inside, { top: edge.bottom, bottom: edge.bottom }]) {
        if (top - reached > least)
          found.push(
            `${Math.round(top - reached)} px empty from ${Math.round(reached)} down, ${columns === 1 ? 'the whole width' : `third ${i + 1} of 3`}`,
          )
        reached = Math.max(reached, bottom)
      }
      return found
    })
  }, HOLE_PX)

/** Covers of one drawing beside or under each other in one list of an open page, a line each. */
export const repeatedCovers = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const motif = (poster: Element) => poster.querySelector('use')?.getAttribute('href') ?? ''
    return [...document.querySelectorAll('main :is(ul, ol)')].flatMap((list) => {
      const covers = [...list.querySelectorAll('svg.poster')].map((poster) => ({
        motif: motif(poster),
        box: poster.getBoundingClientRect(),
        name: poster.closest('li')?.querySelector('h2, h3, a')?.textContent?.trim() ?? '',
      }))
      return covers.flatMap((one, i) => {
        const below = covers.slice(i + 1).find(({ box }) => Math.abs(box.left - one.box.left) < 2)
        return [...new Set([covers[i + 1], below])].flatMap((other) =>
          other && other.motif === one.motif
            ? [`${one.motif.replace('#m-', '')} on both ${one.name} and ${other.name}`]
            : [],
        )
      })
    })
  })
