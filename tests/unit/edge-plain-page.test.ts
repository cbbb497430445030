import { expect, it } from 'vitest'
import { hasInlineScripts, withoutRuntime, withWords } from '@/lib/edge/plain-page'

const RUNTIME = [
  '<link rel="preload" as="script" fetchPriority="low" href="/_next/static/chunks/a.js"/>',
  '<link rel="expect" href="#_R_" blocking="render"/>',
  '<script src="/_next/static/chunks/a.js" id="_R_" async=""></script>',
  '<script>(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({"otherChunks":[]});</script>',
  '<script id="_R_">(globalThis["TURBOPACK"] || []).push({"otherChunks":[]});</script>',
  '<script>(self.__next_f=self.__next_f||[]).push([0])</script>',
  '<script>self.__next_f.push([1,"\\u003c/script>"])</script>',
].join('')
const OURS = [
  '<link rel="stylesheet" href="/_next/static/chunks/a.css"/>',
  '<link rel="preload" as="font" href="/_next/static/media/a.woff2"/>',
  '<script src="/theme.js"></script>',
  '<script type="module" src="/islands/start.js" async=""></script>',
  '<script type="application/ld+json">{"name":"self.__next_f"}</script>',
].join('')
const page = (inside: string) => `<html><head></head><body>${inside}<p>&lt;script&gt;</p></body></html>`

it('a page that is finished leaves without Next’s scripts, and with everything of ours', () => {
  expect(withoutRuntime(page(RUNTIME + OURS))).toBe(page(OURS))
  expect(withoutRuntime(page('<!--$--><p>Season <!-- -->2</p><!--/$--><!-- ours -->'))).toBe(
    page('<p>Season 2</p><!-- ours -->'),
  )
  expect(hasInlineScripts(page(OURS))).toBe(false)
})

it('a page of which a part failed keeps what tells the browser so', () => {
  const failed = page(`${RUNTIME}<template data-dgst="1"></template>`)
  expect(withoutRuntime(failed)).toBe(failed)
  expect(hasInlineScripts(failed)).toBe(true)
})

it('a page that went wrong has words for who has no JavaScript; one that has its own keeps them', () => {
  const bare = '<html id="__next_error__"><head></head><body></body></html>'
  expect(withWords(bare, 404)).toContain('<h1>Nothing stands here</h1>')
  expect(withWords(bare, 500)).toContain('<h1>We could not show this page</h1>')
  expect(withWords(page(OURS), 404)).toBe(page(OURS))
})
