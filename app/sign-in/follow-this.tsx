import { DoorForm } from '@/app/_components/door-form'
import { EmailField } from '@/app/_components/email-field'
import { SeasonFields } from '@/app/_components/season-fields'
import { ZoneField } from '@/app/_components/zone-field'
import { withFollowIntent } from '@/lib/accounts/return-to'
import { followWish, type Wait } from '@/lib/status/waiting'
import styles from './sign-in.module.css'

/** Follows a season with one field: by mail without an account, or by signing in with the same address. */
export function FollowThis({ wanted, slug }: { wanted: Wait; slug: string }) {
  const { number } = wanted
  return (
    <>
      <p className="lede">To {followWish(wanted)}, give an address. It needs no account.</p>
      <DoorForm action="/api/follow-by-mail" className={styles.form}>
        <SeasonFields slug={slug} number={number} />
        <input type="hidden" name="returnTo" value={withFollowIntent({ slug, number })} />
        <ZoneField />
        <EmailField id="email" />
        <p className={styles.hint}>
          We ask the address once whether it wants this, and write when something really changes. Every mail
          has a link that ends them.
        </p>
        <button type="submit" data-primary>
          Tell me by mail
        </button>
        <button type="submit" formAction="/api/auth/mail">
          Or sign in: mail me a link
        </button>
      </DoorForm>
    </>
  )
}

/** The ways to follow it that need no address either. */
export function WithoutAddress({ wanted, slug }: { wanted: Wait; slug: string }) {
  const { title, number } = wanted
  const season = `/shows/${slug}/seasons/${number}`
  return (
    <section aria-labelledby="without" className={styles.without}>
      <h2 id="without">Or without an address</h2>
      <h3>In this browser</h3>
      <p className={styles.hint}>
        A list kept by a secret in this browser, with its own calendar, feeds, webhooks and notifications.
        Signing in later makes it your account’s.
      </p>
      <DoorForm action="/api/me/follows" className={styles.form}>
        <SeasonFields slug={slug} number={number} />
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
