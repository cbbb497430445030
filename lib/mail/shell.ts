/** How every mail of ours looks: text and HTML made of one structure. Pure. */
import { escapeHtml } from '@/lib/shared/text'

/** A link in a mail. */
export interface MailLink {
  href: string
  /** What is pressed in HTML; in text it stands, with a colon, on the line above the address. */
  label: string
  /** The line above the address in text where that is not the label; null for none. */
  above?: string | null
  /** What the sentence says after the link in HTML. */
  after?: string
}

/** A part of a mail. Lines are short paragraphs of one thought: in text they follow each other without a gap. */
export type MailBlock = { heading: string } | { lines: string[] } | { list: string[] } | { links: MailLink[] }

/** A mail before it is text and HTML. */
export interface MailParts {
  site: string
  blocks: MailBlock[]
  /** Why it came and how it ends, under a line; in text a signature (RFC 3676, 4.3). */
  foot?: { why: string; links: MailLink[] }
  /** Stands beside the subject in lists of mails, in place of the first words. */
  preview?: string
}

// Titles, sources and searches are other people's text: a line break in one would end a header or begin our signature.
/** Text on one line. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ').trim()
const oneWord = (url: string) => url.replace(/[\p{Cc}\s]+/gu, encodeURIComponent)

/** The link to a page whose button does what the mail asks about; opening it changes nothing. */
export const buttonLink = (href: string, label: string): MailLink => ({
  href,
  label,
  above: 'Open this link and press the button there:',
  after: ' and press the button there.',
})

/** What a mail says, both ways. */
export const mailBody = (parts: MailParts): { text: string; html: string } => ({
  text: asText(parts),
  html: asHtml(parts),
})

/** RFC 8058: the mail program itself posts to this address, without a cookie and without a page. */
export const oneClickHeaders = (site: string, unsubscribeToken: string): Record<string, string> => ({
  'List-Unsubscribe': `<${site}/api/unsubscribe/${unsubscribeToken}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

function linkText({ href, label, above = `${oneLine(label)}:` }: MailLink): string {
  return above === null ? oneWord(href) : `${above}\n${oneWord(href)}`
}

function blockText(block: MailBlock): string {
  if ('heading' in block) return oneLine(block.heading)
  if ('lines' in block) return block.lines.map(oneLine).join('\n')
  if ('list' in block) return block.list.map((item) => `  ${oneLine(item)}`).join('\n')
  return block.links.map(linkText).join('\n')
}

function asText({ blocks, foot }: MailParts): string {
  const body = blocks.map((block, i) => {
    const gap = i === 0 ? '' : 'heading' in block ? '\n\n\n' : '\n\n'
    return `${gap}${blockText(block)}`
  })
  const end = foot ? `\n\n-- \n${[foot.why, ...foot.links.map(linkText)].join('\n\n')}` : ''
  return `${body.join('')}${end}\n`
}

const GAP = 'margin:0 0 10px'

const linkHtml = ({ href, label, after = '' }: MailLink) =>
  `<a href="${escapeHtml(oneWord(href))}" style="color:#0b6239">${escapeHtml(oneLine(label))}</a>${escapeHtml(after)}`

function blockHtml(block: MailBlock): string {
  if ('heading' in block)
    return `<h1 style="font-size:20px;line-height:1.3;margin:28px 0 8px">${escapeHtml(oneLine(block.heading))}</h1>`
  if ('lines' in block)
    return block.lines.map((line) => `<p style="${GAP}">${escapeHtml(oneLine(line))}</p>`).join('\n')
  if ('list' in block) {
    const items = block.list.map((item) => `<li>${escapeHtml(oneLine(item))}</li>`)
    return `<ul style="${GAP};padding-left:20px">${items.join('')}</ul>`
  }
  return `<p style="${GAP}">${block.links.map(linkHtml).join('<br>')}</p>`
}

/**
 * One column of plain blocks with inline styles: the few things every mail program shows alike. No picture, nothing
 * loaded from anywhere.
 */
function asHtml({ site, blocks, foot, preview }: MailParts): string {
  const hidden = preview
    ? `\n<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preview)}</div>`
    : ''
  const end = foot
    ? `
<hr style="border:0;border-top:1px solid #cdc4af;margin:28px 0 14px">
<p style="margin:0 0 8px;font-size:14px">${escapeHtml(foot.why)}</p>
<p style="margin:0;font-size:14px">${foot.links.map(linkHtml).join('<br>')}</p>`
    : ''
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<style>@media (prefers-color-scheme:dark){body,td{background:#131210!important;color:#efe9dc!important}a{color:#55d690!important}}</style>
</head><body style="margin:0;padding:0;background:#f6f1e6;color:#1c1a15">${hidden}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 16px;background:#f6f1e6;color:#1c1a15">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px"><tr><td align="left" style="font:16px/1.55 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1c1a15">
<p style="margin:0 0 18px;font-weight:600"><a href="${escapeHtml(site)}" style="color:#1c1a15;text-decoration:none">&#9679; Greenlit</a></p>
${blocks.map(blockHtml).join('\n')}${end}
</td></tr></table></td></tr></table></body></html>
`
}
