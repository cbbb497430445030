'use client'

import { type FormEvent, useEffect, useRef, useState } from 'react'
import styles from './follow-button.module.css'
import { tellMeChanged, useMe } from './me'

/**
 * Follow or unfollow a season. In the page's HTML it is the same for everybody: a plain form that follows, and
 * is safe to send twice. With JavaScript it learns whether its reader follows already and answers in place.
 */
export function FollowButton({ slug, season }: { slug: string; season: number }) {
  const me = useMe({ slug, season })
  const [following, setFollowing] = useState(false)
  const [message, setMessage] = useState('')
  const sending = useRef(false)

  useEffect(() => {
    if (me && !sending.current) setFollowing(me.following)
  }, [me])

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    // A double click is one click.
    if (sending.current) return
    sending.current = true
    const wish = new FormData(event.currentTarget)
    try {
      const answer = await fetch('/api/me/follows', {
        method: 'POST',
        headers: { Accept: 'application/json' },
        body: wish,
      })
      const said = (await answer.json()) as { following?: boolean; detail?: string; signIn?: string }
      if (said.signIn) {
        window.location.assign(said.signIn)
        return
      }
      if (answer.ok) {
        setFollowing(said.following === true)
        setMessage(said.following ? `You follow season ${season}.` : `You no longer follow season ${season}.`)
      } else setMessage(said.detail ?? 'That did not work. Try again.')
    } catch {
      setMessage('Greenlit could not be reached. Check your connection and try again.')
    } finally {
      sending.current = false
      tellMeChanged()
    }
  }

  return (
    <form className={styles.form} action="/api/me/follows" method="post" onSubmit={send}>
      <input type="hidden" name="show" value={slug} />
      <input type="hidden" name="season" value={season} />
      <input type="hidden" name="want" value={following ? 'unfollow' : 'follow'} />
      <button className={styles.button} type="submit" data-following={following}>
        <span className={styles.mark} aria-hidden="true" />
        {following ? `Unfollow season ${season}` : `Follow season ${season}`}
      </button>
      <p className={styles.note} role="status">
        {message ||
          (following
            ? 'On your list, with what changed since you last looked.'
            : 'Keeps it on your list, with what changed since you last looked.')}
      </p>
    </form>
  )
}
