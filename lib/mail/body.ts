/** What a mail says, as it lies in the outbox: sealed, for it carries sign-in links and unsubscribe tokens. */
import type { mail } from '@/db/schema/outbox'
import { isSealed, seal, unseal } from '@/lib/shared/sealed'

type Row = typeof mail.$inferSelect
/** The part of a mail that is sealed. */
export interface Body {
  text: string
  html: string
  headers?: Record<string, string>
}

const PURPOSE = 'mail'

/** A mail's body as it is stored; it opens only under the mail's own Message-ID. */
export function sealBody(messageId: string, { text, html, headers = {} }: Body): string {
  return seal(JSON.stringify({ text, html, headers }), { purpose: PURPOSE, context: messageId })
}

/**
 * A row of the outbox with its body to be read. Rows of an earlier release lie in clear and are what they are.
 * @returns null where nothing can be read: the installation's secret was changed and AUTH_SECRET_OLD does not say it,
 *   or the body was forgotten
 */
export function openMail<T extends Pick<Row, 'messageId' | 'text' | 'html' | 'headers'>>(row: T): T | null {
  if (!isSealed(row.text)) return row.text ? row : null
  const body = unseal(row.text, { purpose: PURPOSE, context: row.messageId })
  return body === null ? null : { ...row, ...(JSON.parse(body) as Required<Body>) }
}
