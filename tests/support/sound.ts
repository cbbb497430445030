/** What every page owes every reader, measured in the browser that shows it. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** The narrowest window the site is made for, and a usual one. */
export const SIZES = [
  { width: 360, height: 780 },
  { width: 1280, height: 800 },
]

/** Least height of what a form is filled in and sent with, in CSS pixels: the site's own rule, beyond WCAG's 24. */
const CONTROL_PX = 44

/** GREENLIT_AXE=all leaves nothing out. */
const EVERYTHING = process.env.GREENLIT_AXE === 'all'

/**
 * What axe finds, a line each. Light and dark differ in colours only and narrow and wide in places only, and an
 * analysis takes seconds: all of it is done twice, in light where narrow and in dark where wide.
 */
async function axeFindings(page: Page, narrow: boolean): Promise<string[]> {
  const find = async (colorScheme: 'light' | 'dark') => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const axe = new AxeBuilder({ page }).setLegacyMode().options({
      rules: { 'target-size': { enabled: true } },
      // Half the time of an analysis goes into describing what is right.
      resultTypes: ['violations'],
      selectors: false,
    })
    const { violations } = await axe.analyze()
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${colorScheme}, ${id}: ${node.html.slice(0, 160)}`),
    )
  }
  if (EVERYTHING) return [...(await find('light')), ...(await find('dark'))]
  return find(narrow ? 'light' : 'dark')
}

/** Form controls lower than the site's own least height, a line each. */
function lowControls(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const controls = 'button, select, textarea, input:not([type=hidden], [type=checkbox], [type=radio])'
    return [...document.querySelectorAll(controls)]
      .filter((control) => control.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .filter((control) => control.getBoundingClientRect().height + 0.5 < least)
      .map(
        (control) => `${control.getBoundingClientRect().height} px high: ${control.outerHTML.slice(0, 160)}`,
      )
  }, CONTROL_PX)
}

/**
 * Holds an open page to WCAG 2.2 AA (24 px targets among it) and axe's best practices, in light and dark, narrow and
 * wide; it does not scroll sideways, and its controls are large enough for a thumb.
 */
export async function expectSound(page: Page, name: string): Promise<void> {
  const found: string[] = []
  for (const [i, size] of SIZES.entries()) {
    await page.setViewportSize(size)
    const note = (lines: string[]) => found.push(...lines.map((line) => `${size.width} px, ${line}`))
    note(await axeFindings(page, i === 0))
    note(await lowControls(page))
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (over > 0) note([`scrolls sideways by ${over} px`])
  }
  expect(found, name).toEqual([])
}
