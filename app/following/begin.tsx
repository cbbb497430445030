import { DoorForm } from '@/app/_components/door-form'
import { EmailField } from '@/app/_components/email-field'
import { SearchBox } from '@/app/_components/search-box/search-box'
import { ForgetOffline } from '@/app/_components/service-worker'
import styles from './following.module.css'

/** The list of somebody who has none in this browser: how one begins, and how a list kept elsewhere is found. */
export function Begin() {
  return (
    <div className={styles.page} data-own-search="">
      <ForgetOffline />
      <h1>Following</h1>
      <p className="lede">
        Nothing is followed in this browser. Find a show and press Follow: its next season stands here then,
        with or without an account.
      </p>
      <SearchBox label="Which show?" />
      <p>
        Or <a href="/shows">browse the shows</a>.
      </p>
      <section aria-labelledby="elsewhere" className={styles.basket}>
        <h2 id="elsewhere">You have a list already?</h2>
        <p>
          Whoever follows by mail, or has signed in before, finds it by the same address. We mail you a link;
          there is no password.
        </p>
        <DoorForm action="/api/auth/mail" className={styles.mailForm}>
          <input type="hidden" name="returnTo" value="/following" />
          <EmailField id="list-email" />
          <button type="submit">Mail me a link to my list</button>
        </DoorForm>
        <p>
          <a href="/sign-in?returnTo=/following">Other ways to sign in</a>, or{' '}
          <a href="/sign-in?returnTo=/following/import">bring a list from elsewhere</a>.
        </p>
      </section>
    </div>
  )
}
