/** What a mail of notices says, as text and as HTML. Pure. */

import type { Letter } from '@/lib/mail/outbox'
import { type MailBlock, mailBody, oneClickHeaders, oneLine } from '@/lib/mail/shell'
import { formatWindow } from '@/lib/shared/edtf'
import { capitalised } from '@/lib/shared/text'
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

const prose = (day: string) => formatWindow(day, { style: 'long' })
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

function blocksOf(item: NoticeItem, site: string): MailBlock[] {
  const day = item.happenedOn ? ` As of ${prose(item.happenedOn)}.` : ''
  const text = oneLine(item.text)
  const end = /[.!?”]$/.test(text) ? '' : '.'
  const page = `${site}/shows/${item.show.slug}/seasons/${item.season.number}`
  return [
    { heading: nameOf(item) },
    { lines: [`${text}${end}${day}`, `As it stands: ${item.answer}`] },
    {
      links: [
        ...(item.source ? [{ label: `Said by ${item.source.name}`, href: item.source.url }] : []),
        { label: 'The page, with every source', href: page },
      ],
    },
  ]
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
  return capitalised(listed)
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
    // The news stays out of what lists of mails show beside the subject.
    ...mailBody({
      site,
      blocks: items.flatMap((item) => blocksOf(item, site)),
      foot,
      preview: 'Open to read what changed.',
    }),
    headers: {
      ...oneClickHeaders(site, token),
      ...(thread && { 'In-Reply-To': thread, References: thread }),
    },
  }
}
