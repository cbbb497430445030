/** Shapes of mail. */

/** A mail as the local mailbox shows it. */
export interface MailboxLetter {
  id: number
  recipient: string
  subject: string
  text: string
  /** An instant. */
  queuedAt: string
}
