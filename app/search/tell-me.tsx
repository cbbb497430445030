import { DoorForm } from '../_components/door-form'
import { EmailField } from '../_components/email-field'
import styles from './search.module.css'

/** Asks to be told when a show is here that a search did not find: by mail without an account, or by the account. */
export function TellMe({ words }: { words: string }) {
  return (
    <>
      <p className="quiet">
        We write once, when a show called “{words}” is in the catalogue, and never about anything else.
      </p>
      <DoorForm action="/api/wanted" className={styles.tell}>
        <input type="hidden" name="words" value={words} />
        <EmailField id="wanted-email" />
        <button type="submit">Tell me when it is here</button>
      </DoorForm>
      <DoorForm action="/api/me/wanted" className={styles.account}>
        <input type="hidden" name="words" value={words} />
        <button type="submit">Tell me by my account instead</button>
      </DoorForm>
    </>
  )
}
