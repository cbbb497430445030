import { DoorForm } from '@/app/_components/door-form'
import { MailFollowForm } from '@/app/_components/mail-follow-form'
import { ZoneField } from '@/app/_components/zone-field'
import styles from './sign-in.module.css'

/** The ways to follow a season that need no account. */
export function WithoutAccount({ title, slug, number }: { title: string; slug: string; number: number }) {
  const season = `/shows/${slug}/seasons/${number}`
  return (
    <section aria-labelledby="without" className={styles.without}>
      <h2 id="without">Or without an account</h2>
      <h3>By mail</h3>
      <p className={styles.hint}>
        We ask the address once whether it wants this. Every mail has a link that ends them.
      </p>
      <MailFollowForm season={{ slug, number }} className={styles.form} />
      <h3>In this browser</h3>
      <p className={styles.hint}>
        A list kept by a secret in this browser, with its own calendar, feeds, webhooks and notifications.
        Signing in later makes it your account’s.
      </p>
      <DoorForm action="/api/me/follows" className={styles.form}>
        <input type="hidden" name="show" value={slug} />
        <input type="hidden" name="season" value={number} />
        <input type="hidden" name="want" value="follow" />
        <input type="hidden" name="keep" value="browser" />
        <ZoneField />
        <button type="submit">Keep it in this browser</button>
      </DoorForm>
      <h3>By calendar or feed</h3>
      <p className={styles.ways}>
        <a href={`${season}/calendar.ics`}>
          Calendar of {title}, season {number}
        </a>
        <a href={`${season}/feed.atom`}>Atom feed</a>
        <a href={`${season}/feed.json`}>JSON Feed</a>
      </p>
    </section>
  )
}
