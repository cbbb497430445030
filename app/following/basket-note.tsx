import { MailFollowForm } from '@/app/_components/mail-follow-form'
import styles from './following.module.css'

/** Above the list of a browser that has no account: what keeps it, and how it can reach its reader. */
export function BasketNote({ seasons }: { seasons: number }) {
  return (
    <aside className={styles.basket} aria-labelledby="basket">
      <h2 id="basket">This list lives in this browser</h2>
      <p>
        <a href="/sign-in?returnTo=/following">Sign in</a> and it becomes your account’s, with nothing lost;
        its webhooks and notifications you then turn on again. Without one it has its own notifications,
        webhooks and feeds, under <a href="/settings/notices">what you are told</a>
        {seasons > 0 ? ', and it can write to you:' : '.'}
      </p>
      {seasons > 0 && <MailFollowForm season={null} className={styles.mailForm} />}
    </aside>
  )
}
