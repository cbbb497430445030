import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { DoorForm } from '@/app/_components/door-form'
import { REASON_MAX, REASON_MIN } from '@/lib/related/pair-rules'
import { findShow } from '@/lib/related/pairs'
import styles from '../suggest.module.css'

interface Props {
  params: Promise<{ slug: string; related: string }>
}

const pairOf = cache(async (slug: string, related: string) => {
  if (slug === related) return null
  const [show, other] = await Promise.all([findShow(slug), findShow(related)])
  return show && other ? { show, other } : null
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, related } = await params
  const found = await pairOf(slug, related)
  return found
    ? { title: `${found.other.title} beside ${found.show.title}`, robots: { index: false, follow: false } }
    : {}
}

/** The form that names one show beside another. The same for everybody; who sends it is asked at the door. */
export default async function SuggestThis({ params }: Props) {
  const { slug, related } = await params
  const found = await pairOf(slug, related)
  if (!found) notFound()
  const { show, other } = found
  const signIn = `/sign-in?returnTo=${encodeURIComponent(`/shows/${show.slug}/suggest/${other.slug}`)}`
  return (
    <div className={styles.page}>
      <p className={styles.back}>
        <a href={`/shows/${show.slug}/suggest`}>Another show beside {show.title}</a>
      </p>
      <h1>
        {other.title} beside {show.title}
      </h1>
      <DoorForm action="/api/me/pairs">
        <input type="hidden" name="slug" value={show.slug} />
        <input type="hidden" name="related" value={other.slug} />
        <label htmlFor="reason">Why would somebody who liked {show.title} like it?</label>
        <input
          id="reason"
          className={styles.reason}
          name="reason"
          type="text"
          minLength={REASON_MIN}
          maxLength={REASON_MAX}
          autoComplete="off"
          required
          aria-describedby="reason-about"
        />
        <p id="reason-about" className="small quiet">
          In your own words and without spoilers, {REASON_MIN} to {REASON_MAX} characters. No other reader
          sees it: they see how many readers name the pair. You can take it back in your settings.
        </p>
        <button type="submit" data-primary>
          Name it
        </button>
      </DoorForm>
      <p>
        It takes an account, so that each reader has one voice: <a href={signIn}>sign in</a> first if you are
        not.
      </p>
    </div>
  )
}
