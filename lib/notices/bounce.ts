/**
 * Reads what a mail server tells of our mail afterwards: a delivery status notification (RFC 3464 in the wrapping of
 * RFC 3462 / 6522, multipart/report) or a complaint (RFC 5965, ARF). Everything in it is foreign: read, bounded,
 * believed by nobody before lib/notices/bounces.ts has found our mark in it.
 */
import PostalMime, { type Attachment } from 'postal-mime'
import { MARK_HEADER } from '@/lib/mail/mark'

/** A report larger than this is refused unread. */
export const REPORT_BYTES_MAX = 1_000_000
/** A mail of ours has one recipient; a report names a few where others forward it. */
const RECIPIENTS_MAX = 20
const FIELDS_MAX = 500
const FIELD_LENGTH_MAX = 1_000
const HEADERS_LENGTH_MAX = 100_000
const NESTING_MAX = 16

/** What became of one recipient. `transient`: the server goes on trying, or may be asked again. */
export interface RecipientStatus {
  /** As the report spells it. */
  address: string
  fate: 'permanent' | 'transient' | 'other'
  /** Enhanced status code (RFC 3463), `5.1.1`. */
  status: string
  /** What the server said, as it came. */
  said: string
}

/** A report about one mail. */
export interface MailReport {
  /** Of the mail it is about; null where the report does not hold it. */
  messageId: string | null
  mark: string | null
  recipients: RecipientStatus[]
  /** A complaint's Feedback-Type (`abuse`, `fraud` …), null for a delivery status. */
  complaint: string | null
}

type Fields = Map<string, string>

/** Blocks of `Name: value` lines between blank lines; a line that begins with a blank goes on the one before. */
function blocksOf(text: string): Fields[] {
  const blocks: Fields[] = [new Map()]
  let name = ''
  let fields = 0
  for (const line of text.split(/\r?\n/)) {
    const block = blocks.at(-1)!
    if (line.trim() === '') {
      if (block.size > 0) blocks.push(new Map())
      name = ''
      continue
    }
    if (++fields > FIELDS_MAX) break
    if (/^[ \t]/.test(line)) {
      if (name) block.set(name, `${block.get(name)} ${line.trim()}`.slice(0, FIELD_LENGTH_MAX))
      continue
    }
    const colon = line.indexOf(':')
    name = colon > 0 ? line.slice(0, colon).trim().toLowerCase() : ''
    // The first of a name counts; a second is a forger's or a mistake.
    if (name && !block.has(name))
      block.set(
        name,
        line
          .slice(colon + 1)
          .trim()
          .slice(0, FIELD_LENGTH_MAX),
      )
    else name = ''
  }
  return blocks.filter((block) => block.size > 0)
}

/** `rfc822; name@example.org` (RFC 3464, 2.1.2) as an address. */
const addressIn = (field: string | undefined) => (field ?? '').replace(/^[^;]*;/, '').trim()

function fateOf(action: string, status: string): RecipientStatus['fate'] {
  if (action === 'failed')
    return status.startsWith('4') ? 'transient' : status.startsWith('5') ? 'permanent' : 'other'
  return action === 'delayed' ? 'transient' : 'other'
}

function recipientsIn(text: string): RecipientStatus[] {
  return blocksOf(text)
    .filter((block) => block.has('final-recipient') && block.has('action'))
    .slice(0, RECIPIENTS_MAX)
    .flatMap((block) => {
      const status = /^\d\.\d{1,3}\.\d{1,3}/.exec(block.get('status') ?? '')?.[0] ?? ''
      const said = addressIn(block.get('diagnostic-code'))
      const fate = fateOf(block.get('action')!.toLowerCase(), status)
      // The address we wrote to may be the original one, where somebody forwards it.
      const addresses = new Set([
        addressIn(block.get('original-recipient')),
        addressIn(block.get('final-recipient')),
      ])
      return [...addresses].filter(Boolean).map((address) => ({ address, fate, status, said }))
    })
}

const textOf = ({ content }: Attachment) =>
  typeof content === 'string' ? content : new TextDecoder().decode(content)

const RETURNED = ['message/rfc822', 'message/global', 'text/rfc822-headers', 'message/global-headers']

/**
 * A report as it came from a mail server. Never throws.
 * @returns null for what is none: another mail, a broken one, one larger than 1 MB
 */
export async function readReport(bytes: Uint8Array): Promise<MailReport | null> {
  if (bytes.byteLength > REPORT_BYTES_MAX) return null
  let parts: Attachment[]
  try {
    const options = {
      maxNestingDepth: NESTING_MAX,
      maxHeadersSize: REPORT_BYTES_MAX,
      forceRfc822Attachments: true,
    }
    parts = (await PostalMime.parse(bytes, options)).attachments
  } catch {
    return null
  }
  const part = (...types: string[]) => parts.find(({ mimeType }) => types.includes(mimeType))
  const status = part('message/delivery-status', 'message/global-delivery-status')
  const feedback = part('message/feedback-report')
  if (!status && !feedback) return null
  const returned = part(...RETURNED)
  // Only the head of the returned mail is of interest; its first block of fields.
  const head = returned ? blocksOf(textOf(returned).slice(0, HEADERS_LENGTH_MAX))[0] : undefined
  const complaint =
    feedback && blocksOf(textOf(feedback).slice(0, HEADERS_LENGTH_MAX))[0]?.get('feedback-type')
  return {
    messageId: /<[^<>\s]{1,500}>/.exec(head?.get('message-id') ?? '')?.[0] ?? null,
    mark: head?.get(MARK_HEADER.toLowerCase()) ?? null,
    recipients: status ? recipientsIn(textOf(status).slice(0, HEADERS_LENGTH_MAX)) : [],
    complaint: feedback ? (complaint?.toLowerCase() ?? '') : null,
  }
}
