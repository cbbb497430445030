/** The small page that says in a sentence why something did not work, for whoever has no script to say it. Pure. */
import { escapeHtml } from './text'

/** A form as it was sent, to be mended and sent again. */
export interface GivenBack {
  action: string
  /** A field with a label is shown, to be mended; the others go along unseen. */
  fields: { name: string; value: string; label?: string }[]
  /** The field the sentence is about. */
  wrong: string | null
}

const STYLE =
  ':root{color-scheme:light dark}body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.25rem}h1{font-size:1.5rem;line-height:1.25}a{color:inherit}label{display:block;font-weight:600}input,button{font:inherit;min-height:2.75rem;padding:0 .75rem;box-sizing:border-box}input{width:100%}b{display:block}'

function formHtml({ action, fields, wrong }: GivenBack, sentence: string): string {
  const parts = fields.map(({ name, value, label }, i) => {
    const named = `name="${escapeHtml(name)}" value="${escapeHtml(value)}"`
    if (label === undefined) return `<input type="hidden" ${named}>`
    const [about, why] =
      name === wrong
        ? [' aria-invalid="true" aria-describedby="why"', `<b id="why">${escapeHtml(sentence)}</b>`]
        : ['', '']
    return `<p><label for="f${i}">${escapeHtml(label)}</label><input id="f${i}" ${named}${about}>${why}</p>`
  })
  return `<form method="post" action="${escapeHtml(action)}">${parts.join('')}<p><button>Send it again</button></p></form>`
}

/** HTML of the page; `back` is where its reader goes on, in a page of its own where it is `aside`. */
export function refusalPage(
  sentence: string,
  back: { href: string; label: string; aside?: boolean } = { href: '/', label: 'Back to Greenlit' },
  form: GivenBack | null = null,
): string {
  const beside = form?.fields.some(({ name, label }) => label !== undefined && name === form.wrong)
  const said = beside ? '' : `<p>${escapeHtml(sentence)}</p>`
  const link = `<a href="${escapeHtml(back.href)}"${back.aside ? ' target="_blank"' : ''}>${escapeHtml(back.label)}</a>`
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>That did not work · Greenlit</title><style>${STYLE}</style></head><body><main><h1>That did not work</h1>${said}${form ? formHtml(form, sentence) : ''}<p>${link}</p></main></body></html>`
}
