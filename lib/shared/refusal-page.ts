/** The small page that says in a sentence why something did not work, for whoever has no script to say it. Pure. */

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}

const STYLE =
  ':root{color-scheme:light dark}body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.25rem}h1{font-size:1.5rem;line-height:1.25}a{color:inherit}'

/** HTML of the page; `back` is where its reader goes on. */
export function refusalPage(sentence: string, back = { href: '/', label: 'Back to Greenlit' }): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>That did not work · Greenlit</title><style>${STYLE}</style></head><body><main><h1>That did not work</h1><p>${escapeHtml(sentence)}</p><p><a href="${escapeHtml(back.href)}">${escapeHtml(back.label)}</a></p></main></body></html>`
}
