import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { JsonLd } from '@/app/_components/json-ld'
import { PosterInks } from '@/app/_components/poster/poster'
import { posterRow } from '@/app/_components/poster/rules'
import { notesBeside, storyHeight } from '@/app/_components/show/beside'
import { Corrections } from '@/app/_components/show/corrections'
import { EstimateBlock } from '@/app/_components/show/estimate'
import { Facts, Seasons, Sources } from '@/app/_components/show/facts'
import { GapChart } from '@/app/_components/show/gap-chart'
import { gapsBetween } from '@/app/_components/show/gaps'
import { hasBegun, Plot, Trailers } from '@/app/_components/show/plot'
import { Recap } from '@/app/_components/show/recap'
import { Related } from '@/app/_components/show/related'
import { Cast, Returning } from '@/app/_components/show/returning'
import { ShowHead } from '@/app/_components/show/show-head'
import { ledgerSeason, ShowLedger } from '@/app/_components/show/show-ledger'
import styles from '@/app/_components/show/show-page.module.css'
import { SinceLooked } from '@/app/_components/show/since-looked'
import { Contradictions, MissedWindows } from '@/app/_components/show/standing'
import { showLd } from '@/lib/feeds/json-ld'
import { showMetadata } from '@/lib/feeds/metadata'
import { seenChanges } from '@/lib/feeds/seen'
import { getShowPage } from '@/lib/pages/show'
import type { ShowPage } from '@/lib/pages/types'
import { reads } from '@/lib/shared/reads'
import { siteUrl } from '@/lib/shared/site'
import { cardTag, RELATED_TAG } from '@/lib/shared/tags'

const RELATED_SHOWN = 6

interface Props {
  params: Promise<{ slug: string }>
}

/** Read once for the page and its head. */
const showOf = cache((slug: string) => getShowPage(slug))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const show = await showOf((await params).slug)
  return show
    ? {
        ...showMetadata(show),
        icons: { icon: { url: `/lamps/${show.status.lamp}.svg`, type: 'image/svg+xml' } },
      }
    : {}
}

export default async function ShowRoute({ params }: Props) {
  const show = await showOf((await params).slug)
  if (!show) notFound()
  const next = show.seasons.find((season) => season.number === show.status.nextSeason)
  const cards = show.related.slice(0, RELATED_SHOWN)
  reads(RELATED_TAG, ...cards.map((card) => cardTag(card.slug)))
  const [cover, ...covers] = posterRow(
    [show, ...cards].map((item) => ({ ...item, genres: item.genres.map(nameOf) })),
  )
  const waiting = show.status.status === 'returning' || show.status.status === 'final-season'
  const gaps = gapsBetween(show.seasons, show.status.nextSeason, waiting, show.today)
  const spoken = ledgerSeason(show)
  const because = [next, spoken]
    .flatMap((season) => (season ? [...season.state.because, ...season.state.premiereBecause] : []))
    .concat(show.status.because)
  const beside = spoken && notesBeside(spoken.claims, because, storyHeight(show, next, cards.length))
  const notes = beside ?? spoken?.claims ?? []
  const claimHref = hrefOfClaims(show, notes)
  return (
    <article className={beside ? undefined : styles.calm}>
      <JsonLd data={showLd(show, siteUrl())} />
      <PosterInks designs={[cover!, ...covers]} />
      <ShowHead show={show} season={next} poster={cover!} claimHref={claimHref} />
      <SinceLooked slug={show.slug} changes={seenChanges(show)} />
      <div className={styles.columns}>
        <div className={styles.story}>
          <p className={styles.summary}>{show.summary}</p>
          {next && <MissedWindows season={next} />}
          {next && <Contradictions season={next} />}
          {next && (
            <Returning cast={show.cast} season={next.number} begun={hasBegun(next)} claimHref={claimHref} />
          )}
          {next && <Plot season={next} ideasHref={`/shows/${show.slug}/seasons/${next.number}#plot`} />}
          <Related slug={show.slug} cards={cards} posters={covers} waiting={waiting} />
        </div>
        {spoken && (
          <aside className={styles.margin} aria-labelledby="ledger">
            <ShowLedger show={show} season={spoken} notes={notes} because={because} />
          </aside>
        )}
      </div>
      <Facts show={show} />
      <div className={styles.pair}>
        <Recap seasons={show.seasons} />
        <Seasons show={show} />
        <Cast cast={show.cast} />
        <EstimateBlock estimate={show.estimate} season={next} />
        {gaps.length > 0 && (
          <section aria-labelledby="gaps">
            <h2 id="gaps">The waits between seasons</h2>
            <GapChart gaps={gaps} />
          </section>
        )}
        {next && <Trailers season={next} />}
        <Corrections corrections={show.corrections} />
        <Sources show={show} />
      </div>
    </article>
  )
}

/** Where a claim of the show stands: on this page if it is among the notes printed, else on its season's. */
function hrefOfClaims(show: ShowPage, printed: { id: string }[]): (id: string) => string | null {
  const here = new Set(printed.map(({ id }) => id))
  const seasonOf = new Map(
    show.seasons.flatMap(({ number, claims }) => claims.map(({ id }) => [id, number] as const)),
  )
  return (id) => {
    if (here.has(id)) return `#${id}`
    const season = seasonOf.get(id)
    return season === undefined ? null : `/shows/${show.slug}/seasons/${season}#${id}`
  }
}

const nameOf = (genre: string | { name: string }) => (typeof genre === 'string' ? genre : genre.name)
