import type { SeasonView, ShowPage } from '@/lib/pages/types'
import { daysBetween } from '@/lib/shared/day'
import { followedSeason, isFinished } from '@/lib/status/show'
import { waitsForRevival } from '@/lib/status/waiting'
import { Dated } from '../dates'
import { FollowButton } from '../follow-button'
import { Lamp } from '../lamp/lamp'
import { Poster } from '../poster/poster'
import { languageOf, type PosterDesign } from '../poster/rules'
import { lampWord } from '../words'
import { ByFeed } from './by-feed'
import styles from './show-head.module.css'
import { StatusTrack } from './status-track'

/** After so many days without a new source the page says so. */
const QUIET_DAYS = 120
/** Letters from which a title is set a size smaller. */
const LONG_TITLE = 26

/** The answer: its first sentence large, what follows it plain. */
export function Answer({ text }: { text: string }) {
  const [, first = text, rest = ''] = /^(.+?[.!?])\s+(?=[A-Z“])(.*)$/s.exec(text) ?? []
  return (
    <>
      <p className={styles.words}>{first}</p>
      {rest && <p className={styles.rest}>{rest}</p>}
    </>
  )
}

/** The answer: title, lamp, one line, its dates, follow, and how far the season is. */
export function ShowHead({
  show,
  season,
  poster,
  claimHref,
}: {
  show: ShowPage
  season: SeasonView | undefined
  poster: PosterDesign
  claimHref: (id: string) => string | null
}) {
  const next = show.status.nextSeason
  const line = [show.network?.name, show.country, show.year].filter(Boolean).join(', ')
  const finished = isFinished(show.status)
  return (
    <header className={styles.head}>
      <div className={show.title.length > LONG_TITLE ? `${styles.title} ${styles.long}` : styles.title}>
        <h1 lang={languageOf(show.title, show.country) ?? undefined}>{show.title}</h1>
        {show.originalTitle && show.originalTitle !== show.title && (
          <p className={styles.native} lang={languageOf(show.originalTitle, show.country) ?? undefined}>
            {show.originalTitle}
          </p>
        )}
        <p className={styles.line}>{line}</p>
      </div>
      <div className={styles.cover}>
        <Poster design={poster} />
      </div>
      <div className={styles.answer}>
        <Lamp
          state={show.status.lamp}
          size="l"
          word={lampWord(show.status.lamp, season?.state.status ?? 'unannounced', season?.premiere)}
        />
        <Answer text={show.status.answer} />
        <p className={styles.dates}>
          <span>
            As of <Dated edtf={show.today} />
          </span>
          {show.changedOn && (
            <span>
              last change <Dated edtf={show.changedOn} />
            </span>
          )}
          {show.checkedOn && (
            <span>
              last looked <Dated edtf={show.checkedOn} />
            </span>
          )}
          {show.newestSourceOn && (
            <span>
              newest source <Dated edtf={show.newestSourceOn} />
              {daysBetween(show.newestSourceOn, show.today) > QUIET_DAYS && ', nothing newer since'}
            </span>
          )}
        </p>
      </div>
      <div className={styles.follow}>
        <FollowButton
          slug={show.slug}
          season={followedSeason(show.status)}
          forRevival={waitsForRevival(show.status)}
        />
        <ByFeed path={`/shows/${show.slug}`} />
      </div>
      {season && !finished && season.state.track.some((step) => step.state !== 'open') && (
        <div className={styles.track}>
          <StatusTrack steps={season.state.track} season={next} claimHref={claimHref} />
        </div>
      )}
    </header>
  )
}
