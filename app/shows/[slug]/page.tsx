import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { JsonLd } from '@/app/_components/json-ld'
import { PosterInks } from '@/app/_components/poster/poster'
import { posterRow } from '@/app/_components/poster/rules'
import { Corrections } from '@/app/_components/show/corrections'
import { Facts, Sources } from '@/app/_components/show/facts'
import { GapChart } from '@/app/_components/show/gap-chart'
import { gapsBetween } from '@/app/_components/show/gaps'
import { Ledger, leadingNotes } from '@/app/_components/show/ledger'
import { hasBegun, Plot, Trailers } from '@/app/_components/show/plot'
import { Recap } from '@/app/_components/show/recap'
import { Related } from '@/app/_components/show/related'
import { Cast, Returning } from '@/app/_components/show/returning'
import { ShowHead } from '@/app/_components/show/show-head'
import styles from '@/app/_components/show/show-page.module.css'
import { SinceLooked } from '@/app/_components/show/since-looked'
import { Contradictions, MissedWindows } from '@/app/_components/show/standing'
import { getShowPage } from '@/lib/catalogue/queries'
import { showLd } from '@/lib/feeds/json-ld'
import { showMetadata } from '@/lib/feeds/metadata'
import { seenChanges } from '@/lib/feeds/seen'
import { reads } from '@/lib/shared/reads'
import { siteUrl } from '@/lib/shared/site'
import { cardTag, RELATED_TAG } from '@/lib/shared/tags'
import { isFinished } from '@/lib/status/show'

/** How many notes of the ledger this page prints, beside those that decide; the season's page has them all. */
const NEWEST_NOTES = 18
/** How many of them lie open on a narrow page. */
const OPEN_NOTES = 7
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
  const because = next ? [...next.state.because, ...next.state.premiereBecause] : []
  const notes = next ? leadingNotes(next.claims, because, NEWEST_NOTES) : []
  const printed = new Set(notes.map((claim) => claim.id))
  const claimHref = (id: string) =>
    printed.has(id) ? `#${id}` : `/shows/${show.slug}/seasons/${next?.number}#${id}`
  const earlier = show.seasons.filter((season) => season !== next && season.claims.length > 0)
  return (
    <article>
      <JsonLd data={showLd(show, siteUrl())} />
      <PosterInks designs={[cover!, ...covers]} />
      <ShowHead show={show} season={next} poster={cover!} claimHref={claimHref} />
      <SinceLooked slug={show.slug} changes={seenChanges(show)} />
      <div className={styles.columns}>
        <div className={styles.standing}>
          <p className={styles.summary}>{show.summary}</p>
          {next && <MissedWindows season={next} />}
          {next && <Contradictions season={next} />}
        </div>
        <aside className={styles.margin} aria-labelledby="ledger">
          <h2 id="ledger">The ledger{next ? ` of season ${next.number}` : ''}</h2>
          {next && next.claims.length > 0 ? (
            <Ledger
              claims={notes}
              because={because}
              open={OPEN_NOTES}
              more={
                notes.length < next.claims.length
                  ? {
                      href: `/shows/${show.slug}/seasons/${next.number}#ledger`,
                      label: `All ${next.claims.length} notes of season ${next.number}`,
                    }
                  : undefined
              }
            />
          ) : (
            <p className="quiet">
              {isFinished(show.status)
                ? 'No outlet has said anything about it that we know of; what stands above is the record. A word of its return would stand here, with its day and a link.'
                : `Nobody has said anything about season ${show.status.nextSeason} that we know of. The first statement by a maker, a network or a newspaper would stand here, with its day and a link.`}
            </p>
          )}
          {earlier.map((season) => (
            <p key={season.number} className={styles.earlier}>
              <a href={`/shows/${show.slug}/seasons/${season.number}#ledger`}>
                {`Season ${season.number}: ${season.claims.length} ${season.claims.length === 1 ? 'note' : 'notes'}`}
              </a>
            </p>
          ))}
          <div className={styles.record}>
            <Facts show={show} />
          </div>
        </aside>
        <div className={styles.story}>
          {next && (
            <Returning cast={show.cast} season={next.number} begun={hasBegun(next)} claimHref={claimHref} />
          )}
          {next && <Plot season={next} ideasHref={`/shows/${show.slug}/seasons/${next.number}#plot`} />}
          <Related slug={show.slug} cards={cards} posters={covers} waiting={waiting} />
          <Recap seasons={show.seasons} />
          <Cast cast={show.cast} />
          {next && <Trailers season={next} />}
          {gaps.length > 0 && (
            <section aria-labelledby="gaps">
              <h2 id="gaps">The waits between seasons</h2>
              <GapChart gaps={gaps} />
            </section>
          )}
          <Corrections corrections={show.corrections} />
          <Sources show={show} />
        </div>
      </div>
    </article>
  )
}

const nameOf = (genre: string | { name: string }) => (typeof genre === 'string' ? genre : genre.name)
