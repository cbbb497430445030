import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { FollowButton } from '@/app/_components/follow-button'
import { JsonLd } from '@/app/_components/json-ld'
import { LAMP_WORDS, Lamp } from '@/app/_components/lamp/lamp'
import { Poster, PosterInks } from '@/app/_components/poster/poster'
import { posterOf } from '@/app/_components/poster/rules'
import { ByFeed } from '@/app/_components/show/by-feed'
import { Episodes } from '@/app/_components/show/episodes'
import { EstimateBlock } from '@/app/_components/show/estimate'
import { HeadDates } from '@/app/_components/show/head-dates'
import { Ledger } from '@/app/_components/show/ledger'
import { hasBegun, Plot, Trailers } from '@/app/_components/show/plot'
import { Recap } from '@/app/_components/show/recap'
import { Cast, Returning } from '@/app/_components/show/returning'
import { castOfRun, seasonRun } from '@/app/_components/show/run'
import { SeasonFacts } from '@/app/_components/show/season-run'
import { Answer } from '@/app/_components/show/show-head'
import head from '@/app/_components/show/show-head.module.css'
import styles from '@/app/_components/show/show-page.module.css'
import { Contradictions, MissedWindows } from '@/app/_components/show/standing'
import { StatusTrack } from '@/app/_components/show/status-track'
import { seasonWord } from '@/app/_components/words'
import { readSeasonNumber } from '@/lib/feeds/api'
import { showLd } from '@/lib/feeds/json-ld'
import { seasonMetadata } from '@/lib/feeds/metadata'
import { seasonAnswer, shownLamp } from '@/lib/feeds/season'
import { getEpisodes } from '@/lib/pages/episodes'
import { getShowPage } from '@/lib/pages/show'
import type { SeasonView } from '@/lib/pages/types'
import { siteUrl } from '@/lib/shared/site'
import { followedSeason } from '@/lib/status/show'
import { waitsForRevival } from '@/lib/status/waiting'

/** So many notes stand among the other parts; more are a part of their own. */
const SHORT_LEDGER = 4

interface Props {
  params: Promise<{ slug: string; n: string }>
}

/** Read once for the page and its head. */
const seasonOf = cache(async (slug: string, n: string) => {
  const number = readSeasonNumber(n)
  if (number === null) return null
  const [show, episodes] = await Promise.all([
    getShowPage(slug, undefined, number),
    getEpisodes(slug, number),
  ])
  const season = show?.seasons.find((candidate) => candidate.number === number)
  // Of a show that is over there is no next season to have a page; whoever was sent to it finds the show.
  if (show && !season && number === followedSeason(show.status)) redirect(`/shows/${show.slug}`)
  return show && season ? { show, season, episodes } : null
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, n } = await params
  const found = await seasonOf(slug, n)
  if (!found) return {}
  const lamp = shownLamp(found.show, found.season)
  return {
    ...seasonMetadata(found.show, found.season.number),
    icons: { icon: { url: `/lamps/${lamp}.svg`, type: 'image/svg+xml' } },
  }
}

export default async function SeasonRoute({ params }: Props) {
  const { slug, n } = await params
  const found = await seasonOf(slug, n)
  if (!found) notFound()
  const { show, season, episodes } = found
  const { state, number } = season
  const isNext = season.number === show.status.nextSeason
  const run = seasonRun(show, season)
  const cover = posterOf({ ...show, genres: show.genres.map(({ name }) => name) })
  const claimHref = (id: string) => `#${id}`
  const isShort = season.claims.length > 0 && season.claims.length <= SHORT_LEDGER
  const open = state.status !== 'complete' && state.status !== 'cancelled'
  const forRevival = waitsForRevival(show.status, state.status)
  const lamp = shownLamp(show, season)
  const word = state.status === 'unannounced' ? LAMP_WORDS[lamp] : seasonWord(state.status, season.premiere)
  return (
    <article className={styles.calm}>
      <JsonLd data={showLd(show, siteUrl())} />
      <PosterInks designs={[cover]} />
      <header className={head.head}>
        <div className={head.title}>
          <p className={head.line}>
            <a href={`/shows/${show.slug}`}>{show.title}</a>
          </p>
          <h1>
            <span className="visually-hidden">{show.title}, </span>Season {number}
            {season.name && season.name !== `Season ${number}` && `: ${season.name}`}
          </h1>
        </div>
        <div className={head.cover}>
          <Poster design={cover} />
        </div>
        <div className={head.answer}>
          <Lamp state={lamp} size="l" word={word} />
          <Answer text={seasonAnswer(show, season)} />
          <HeadDates today={show.today} changedOn={state.changedOn} checkedOn={state.checkedOn} />
        </div>
        {open && (
          <div className={head.follow}>
            <FollowButton slug={show.slug} season={number} forRevival={forRevival} />
            <ByFeed path={`/shows/${show.slug}/seasons/${number}`} />
          </div>
        )}
        <div className={head.track}>
          {run ? (
            <SeasonFacts run={run} season={number} claimHref={claimHref} />
          ) : (
            state.track.some((step) => step.state !== 'open') && (
              <StatusTrack steps={state.track} season={number} ahead={open} claimHref={claimHref} />
            )
          )}
        </div>
      </header>
      <div className={styles.pair}>
        <MissedWindows season={season} />
        <Contradictions season={season} />
        <EstimateBlock estimate={show.estimate} season={season} />
        {isNext && (
          <Returning cast={show.cast} season={number} begun={hasBegun(season)} claimHref={claimHref} />
        )}
        <Plot season={season} />
        <Recap seasons={[season]} />
        <Episodes list={episodes} count={season.episodes} today={show.today} />
        {run && <Cast cast={castOfRun(show.cast)} />}
        {open && !forRevival && <Trailers season={season} />}
        {isShort && <SeasonLedger season={season} />}
      </div>
      {!isShort && <SeasonLedger season={season} />}
      <nav aria-label="Seasons" className={styles.seasons}>
        <h2>All seasons</h2>
        <ul className="row">
          {show.seasons.map((other) => (
            <li key={other.number}>
              <a
                className="button"
                href={`/shows/${show.slug}/seasons/${other.number}`}
                aria-current={other === season ? 'page' : undefined}
              >
                {other.number}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </article>
  )
}

/** The whole ledger of a season; where it is empty, a line says so. */
function SeasonLedger({ season: { number, claims, state } }: { season: SeasonView }) {
  if (claims.length === 0)
    return (
      <p id="ledger" className={`quiet ${styles.margin}`}>
        No outlet&rsquo;s statement about this season is on file. What stands here is the record alone.
      </p>
    )
  return (
    <section className={styles.margin} aria-labelledby="ledger">
      <h2 id="ledger">The ledger of season {number}</h2>
      <Ledger claims={claims} because={[...state.because, ...state.premiereBecause]} />
    </section>
  )
}
