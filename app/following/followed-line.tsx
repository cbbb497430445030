import { Dated } from '@/app/_components/dates'
import { DoorForm } from '@/app/_components/door-form'
import { Lamp } from '@/app/_components/lamp/lamp'
import { SeasonFields } from '@/app/_components/season-fields'
import type { FollowedSeason } from '@/lib/follows/types'
import { waitName } from '@/lib/status/waiting'
import styles from './following.module.css'

/** One followed season: how it stands, when it could come, and what is new. */
export function FollowedLine({ season }: { season: FollowedSeason }) {
  const { slug, title, season: number, forRevival, answer, premiere, news, lamp } = season
  const name = waitName({ title, number, forRevival })
  return (
    <li className={styles.line}>
      <div className={styles.what}>
        <h2>
          <a href={`/shows/${slug}`}>{title}</a>
          {name.slice(title.length)}
        </h2>
        <p className={styles.answer}>
          <Lamp state={lamp} size="s" wordless /> <span>{answer}</span>
        </p>
        {news.length > 0 && (
          <ul className={styles.news} aria-label={`New about ${name}`}>
            {news.map((event) => (
              <li key={`${event.happenedOn} ${event.text}`}>
                <Dated edtf={event.happenedOn} />{' '}
                {event.url ? (
                  <a href={event.url} rel="nofollow noopener">
                    {event.text}
                  </a>
                ) : (
                  event.text
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
      <p className={styles.when}>
        {premiere && !forRevival ? <Dated edtf={premiere.edtf} style="long" /> : 'No date'}
      </p>
      <div className={styles.doors}>
        <a href={`/following/${slug}/${number}`} aria-label={`What you are told of ${name}`}>
          {season.quiet ?? 'Options'}
        </a>
        <DoorForm action="/api/me/follows">
          <SeasonFields slug={slug} number={number} />
          <input type="hidden" name="want" value="unfollow" />
          <button type="submit" aria-label={`Unfollow ${name}`}>
            Unfollow
          </button>
        </DoorForm>
      </div>
    </li>
  )
}
