/** What a mail of notices says, as text and as HTML. Pure. */

import type { Letter } from '@/lib/mail/outbox'
import { formatWindow } from '@/lib/shared/edtf'
import { escapeHtml } from '@/lib/shared/text'
import type { NoticeItem, Wishes } from './types'
import { WANT_WORDS } from './words'

/** One mail to one reader: what changed, and the links that act for them. */
export interface LetterInput {
  items: NoticeItem[]
  recipient: string
  wishes: Pick<Wishes, 'spoilerSafe' | 'cadence'>
  site: string
  /** Ends mail about a followed season, or all mail for null. */
  unsubscribeToken: (seasonId: number | null) => string
  /** A stable name of the reader in thread ids; says nothing about them. */
  threadName: string
}

type Part = { heading: string; lines: string[]; links: { label: string; href: string }[] }

const prose = (day: string) => formatWindow(day, { style: 'long' })
// Titles and sources are other people's text: a line break in one would end a header or begin our signature.
const oneLine = (text: string) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim()
const oneWord = (url: string) => url.replace(/[\p{Cc}\s]+/gu, encodeURIComponent)
const nameOf = ({ show, season }: NoticeItem) => `${oneLine(show.title)}, season ${season.number}`

/** Subjects beyond this are cut by every mail program, and the longest titles have hundreds of letters. */
const TITLE_MAX = 80
const NEWS_MAX = 120

function shorten(text: string, most: number): string {
  const letters = [...oneLine(text)]
  return letters.length <= most
    ? letters.join('')
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
}

function partOf(item: NoticeItem, site: string): Part {
  const day = item.happenedOn ? ` As of ${prose(item.happenedOn)}.` : ''
  const text = oneLine(item.text)
  const end = /[.!?”]$/.test(text) ? '' : '.'
  return {
    heading: nameOf(item),
    lines: [`${text}${end}${day}`, `As it stands: ${oneLine(item.answer)}`],
    links: [
      ...(item.source
        ? [{ label: `Said by ${oneLine(item.source.name)}`, href: oneWord(item.source.url) }]
        : []),
      {
        label: 'The page, with every source',
        href: `${site}/shows/${item.show.slug}/seasons/${item.season.number}`,
      },
    ],
  }
}

function subjectOf(items: NoticeItem[], { spoilerSafe, cadence }: LetterInput['wishes']): string {
  const [first] = items as [NoticeItem]
  const title = shorten(first.show.title, TITLE_MAX)
  if (items.length === 1) {
    const hidden = spoilerSafe || first.kind === 'correction'
    return `${title}, season ${first.season.number}: ${hidden ? first.safe : shorten(first.text, NEWS_MAX)}`
  }
  const shows = new Set(items.map(({ show }) => show.slug))
  const what = `${items.length} changes`
  if (shows.size === 1) return `${title}: ${what}`
  const often = { now: '', daily: 'Today: ', weekly: 'This week: ' }[cadence]
  const listed = `${often}${what} to ${shows.size} shows you follow`
  return listed.charAt(0).toUpperCase() + listed.slice(1)
}

function whySentence(items: NoticeItem[]): string {
  const [first] = items as [NoticeItem]
  if (items.every(({ kind }) => kind === 'correction'))
    return 'You get this because we told you otherwise before.'
  if (items.length > 1) return 'You get this because you follow these seasons on Greenlit.'
  const { followed } = first
  if (!followed) return 'You get this because you followed this show on Greenlit.'
  // No season is named: whoever asked to be told of a revival followed none that there was.
  const asked = `You get this because you follow ${oneLine(first.show.title)} and asked to be told of ${WANT_WORDS[first.kind]}.`
  return followed.number === first.season.number
    ? asked
    : `${asked} A follow carries on to the seasons after it.`
}

/**
 * The mail for some notices of one reader: one is told by itself, several make a digest, shows together. Its id comes
 * from the notices, so that sending again is sending the same mail; mails about one season make a thread.
 */
export function noticeLetter(input: LetterInput): Letter {
  const { recipient, site, unsubscribeToken, threadName } = input
  const items = [...input.items].sort(
    (a, b) =>
      a.show.title.localeCompare(b.show.title, 'en') ||
      a.season.number - b.season.number ||
      a.noticeId - b.noticeId,
  )
  const [first] = items as [NoticeItem]
  const host = new URL(site).hostname.replace(/[[\]]/g, '')
  const seasons = new Set(items.map(({ season }) => season.id))
  const scope = seasons.size === 1 ? (first.followed?.id ?? null) : null
  const token = unsubscribeToken(scope)
  const thread = seasons.size === 1 ? `<season.${first.season.id}.${threadName}@${host}>` : null
  const ids = items.map(({ noticeId }) => noticeId)
  const parts = items.map((item) => partOf(item, site))
  const foot = {
    why: whySentence(items),
    links: [
      {
        label: scope ? `No more mail about ${oneLine(first.show.title)}` : 'No more mail from Greenlit',
        href: `${site}/unsubscribe/${token}`,
      },
      { label: 'What you are told, and when', href: `${site}/settings/notices` },
    ],
  }
  return {
    about:
      ids.length === 1 ? `notice.${ids[0]}` : `digest.${Math.min(...ids)}.${Math.max(...ids)}.${ids.length}`,
    recipient,
    subject: subjectOf(items, input.wishes),
    text: asText(parts, foot),
    html: asHtml(parts, foot, site),
    headers: {
      // RFC 8058: the mail program itself posts here, without a cookie and without a page.
      'List-Unsubscribe': `<${site}/api/unsubscribe/${token}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      ...(thread && { 'In-Reply-To': thread, References: thread }),
    },
  }
}

type Foot = { why: string; links: Part['links'] }

function asText(parts: Part[], foot: Foot): string {
  const body = parts.map(({ heading, lines, links }) =>
    [heading, '', ...lines, '', ...links.map(({ label, href }) => `${label}:\n${href}`)].join('\n'),
  )
  const end = [foot.why, ...foot.links.map(({ label, href }) => `${label}:\n${href}`)].join('\n\n')
  return `${body.join('\n\n\n')}\n\n-- \n${end}\n`
}

const LINK = 'color:#0b6239'

/**
 * One column of plain blocks with inline styles: the few things every mail program shows alike. No picture, nothing
 * loaded from anywhere. The hidden line keeps the news out of the preview beside the subject.
 */
function asHtml(parts: Part[], foot: Foot, site: string): string {
  const link = ({ label, href }: Part['links'][number], style = LINK) =>
    `<a href="${escapeHtml(href)}" style="${style}">${escapeHtml(label)}</a>`
  const block = ({ heading, lines, links }: Part) => `
<h1 style="font-size:20px;line-height:1.3;margin:28px 0 8px">${escapeHtml(heading)}</h1>
${lines.map((line) => `<p style="margin:0 0 10px">${escapeHtml(line)}</p>`).join('\n')}
<p style="margin:0 0 10px">${links.map((one) => link(one)).join('<br>')}</p>`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<style>@media (prefers-color-scheme:dark){body,td{background:#131210!important;color:#efe9dc!important}a{color:#55d690!important}}</style>
</head><body style="margin:0;padding:0;background:#f6f1e6;color:#1c1a15">
<div style="display:none;max-height:0;overflow:hidden">Open to read what changed.</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 16px;background:#f6f1e6;color:#1c1a15">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px"><tr><td align="left" style="font:16px/1.55 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1c1a15">
<p style="margin:0;font-weight:600"><a href="${escapeHtml(site)}" style="color:#1c1a15;text-decoration:none">&#9679; Greenlit</a></p>${parts.map(block).join('')}
<hr style="border:0;border-top:1px solid #cdc4af;margin:28px 0 14px">
<p style="margin:0 0 8px;font-size:14px">${escapeHtml(foot.why)}</p>
<p style="margin:0;font-size:14px">${foot.links.map((one) => link(one)).join('<br>')}</p>
</td></tr></table></td></tr></table></body></html>
`
}
