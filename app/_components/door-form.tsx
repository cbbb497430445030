import type { ReactNode } from 'react'
import styles from './door-form.module.css'

/**
 * A form to one of our doors. Without JavaScript it is a plain form; public/islands/doors.js says a refusal beside
 * the fields, loses nothing typed, and takes a double click for one.
 */
export function DoorForm({
  action,
  children,
  className,
  sendAtOnce = false,
  withFile = false,
}: {
  action: string
  children: ReactNode
  className?: string
  /** Sends itself when the page opens; the button stays for readers without JavaScript. */
  sendAtOnce?: boolean
  /** The form carries a file, which a plain form sends only when told so. */
  withFile?: boolean
}) {
  return (
    <form
      className={className ?? styles.form}
      action={action}
      method="post"
      encType={withFile ? 'multipart/form-data' : undefined}
      data-door={sendAtOnce ? 'at-once' : 'asked'}
    >
      {children}
      <p className={styles.problem} role="alert" />
    </form>
  )
}
