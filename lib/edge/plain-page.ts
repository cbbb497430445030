/** Pure: what is done to a page that Next has finished, before it is kept and sent. docs/decisions/0015 weighs the ways. */

/** What Next writes into a page for React in the browser: its chunks, and the page once more as data. */
const RUNTIME = [
  /<script\b[^>]*\bsrc="\/_next\/[^>]*><\/script>/g,
  /<script(?: id="[^"]*")?>\(?(?:self\.__next_f\b|globalThis\["TURBOPACK"\])[\s\S]*?<\/script>/g,
  // The second has the browser draw nothing before the first of those scripts has come.
  /<link\b[^>]*\b(?:as="script"|rel="expect")[^>]*>/g,
  // Where React would find its texts and parts again.
  /<!--(?: |\/?\$)-->/g,
]
/** What React writes where a part of a page failed on the way: it would be said by React in the browser. */
const FAILED = /<template data-dgst=|\$RX\(/

/**
 * A page's HTML without Next's runtime: a page that is the same for everybody is finished when it is made, and what
 * moves in it are small scripts of their own (public/islands). As it was where a part of it failed.
 */
export function withoutRuntime(html: string): string {
  return FAILED.test(html) ? html : RUNTIME.reduce((rest, part) => rest.replace(part, ''), html)
}

/** True where a page holds scripts of its own, which a browser may only run when the page's policy says so. */
export const hasInlineScripts = (html: string) => /<script(?: id="[^"]*")?>/.test(html)

/**
 * Words for who has no JavaScript, in a page that went wrong: Next sends it without any and leaves it to React to say
 * what it was. A page that has its words is left as it is.
 */
export function withWords(html: string, status: number): string {
  if (!html.includes('<html id="__next_error__"')) return html
  const [title, text] =
    status < 500
      ? ['Nothing stands here', 'We have no page at this address, or it asks for something we cannot read.']
      : [
          'We could not show this page',
          'The fault is ours, and nothing you did is lost. Try again in a minute.',
        ]
  const words = `<h1>${title}</h1><p>${text}</p><p><a href="/">First page</a> <a href="/search">Search</a></p>`
  return html.replace('<body>', `<body><noscript>${words}</noscript>`)
}
