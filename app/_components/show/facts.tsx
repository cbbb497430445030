import type { ShowPage } from '@/lib/pages/types'
import { filterSlug } from '@/lib/shared/slug'
import { capitalised } from '@/lib/shared/text'
import { isFinished } from '@/lib/status/show'
import { Dated } from '../dates'
import { languageOf } from '../poster/rules'
import { CLASS_WORDS, howMany } from '../words'
import { Differences } from './differences'
import styles from './facts.module.css'
import { providerWords } from './provider-words'
import { seasonRows } from './season-rows'

/** The record of a show as a strip: what it is, who made it, what else it is called. */
export function Facts({ show }: { show: ShowPage }) {
  const rows: [string, React.ReactNode][] = []
  rows.push([
    'Kind',
    <a key="k" href={`/shows?kind=${encodeURIComponent(show.kind)}`}>
      {capitalised(show.kind)}
    </a>,
  ])
  if (show.network)
    rows.push([
      'Where',
      <a key="n" href={`/shows?network=${show.network.slug}`}>
        {show.network.name}
      </a>,
    ])
  if (show.country)
    rows.push([
      'Country',
      <a key="c" href={`/shows?country=${filterSlug(show.country)}`}>
        {show.country}
      </a>,
    ])
  if (show.genres.length > 0)
    rows.push([
      'Genres',
      show.genres.map((genre, i) => (
        <span key={genre.slug}>
          {i > 0 && ', '}
          <a href={`/shows?genre=${genre.slug}`}>{genre.name}</a>
        </span>
      )),
    ])
  if (show.creators.length > 0) rows.push(['Made by', show.creators.join(', ')])
  if (show.sourceMaterial) rows.push(['Based on', show.sourceMaterial])
  if (show.aliases.length > 0)
    rows.push([
      'Also called',
      show.aliases.slice(0, 8).map((alias, i) => (
        <span key={alias}>
          {i > 0 && ' · '}
          <span lang={languageOf(alias, show.country) ?? undefined}>{alias}</span>
        </span>
      )),
    ])
  return (
    <section className={styles.record} aria-labelledby="record">
      <h2 id="record" className="visually-hidden">
        The record
      </h2>
      <dl className={styles.facts}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** The seasons on record, those of which nothing is known folded into runs, and what providers disagree about. */
export function Seasons({ show }: { show: ShowPage }) {
  const rows = seasonRows(show)
  const link = (number: number, text = String(number)) => (
    <a href={`/shows/${show.slug}/seasons/${number}`}>{text}</a>
  )
  if (rows.length === 0) return null
  return (
    <section aria-labelledby="seasons">
      <h2 id="seasons">Seasons</h2>
      <table className={styles.seasons}>
        <thead>
          <tr>
            <th scope="col">Season</th>
            <th scope="col">Began</th>
            <th scope="col" className="number">
              Episodes
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ from, to, premiere, why, episodes }) => (
            <tr key={from}>
              <th scope="row">
                {from === to ? (
                  link(from, `Season ${from}`)
                ) : (
                  <>
                    {link(from, `Seasons ${from}`)} to {link(to)}
                  </>
                )}
              </th>
              <td>{premiere ? <Dated edtf={premiere} /> : <span className="quiet">{why}</span>}</td>
              <td className="number">{episodes ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Differences show={show} />
    </section>
  )
}

/** The classes in the order of trust, as the words list them. */
const TRUST = Object.keys(CLASS_WORDS)
/** Sources a show's page names; the season's ledger has them all. */
const SOURCES_SHOWN = 12

/** The most trusted publishers the page rests on, and where the record itself comes from. */
export function Sources({ show }: { show: ShowPage }) {
  const next = show.status.nextSeason
  const sources = new Map<string, { name: string; class: string; rank: number; count: number }>()
  for (const claim of show.seasons.flatMap((season) => season.claims)) {
    const known = sources.get(claim.source.slug)
    if (known) known.count++
    else
      sources.set(claim.source.slug, {
        name: claim.source.name,
        class: CLASS_WORDS[claim.sourceClass],
        count: 1,
        rank: TRUST.indexOf(claim.sourceClass),
      })
  }
  const shown = [...sources]
    .sort(([, a], [, b]) => a.rank - b.rank || b.count - a.count)
    .slice(0, SOURCES_SHOWN)
  return (
    <section aria-labelledby="sources">
      <h2 id="sources">Sources</h2>
      {sources.size === 0 ? (
        <p className={`quiet ${styles.sources}`}>
          {isFinished(show.status)
            ? 'No outlet’s statement about this show is on file; what stands here is the record. A word of its return would stand here, with its day and a link.'
            : 'No outlet’s statement about this show is on file; what stands here is the record. The first by a maker, a network or a newspaper would stand here, with its day and a link.'}
        </p>
      ) : (
        <ul className={styles.sources}>
          {shown.map(([slug, source]) => (
            <li key={slug}>
              <a href={`/sources#${slug}`}>{source.name}</a>
              {` ${source.class}, ${howMany(source.count, 'note')}`}
            </li>
          ))}
        </ul>
      )}
      {sources.size > shown.length && (
        <p className="small">
          <a href={`/shows/${show.slug}/seasons/${next}#ledger`}>
            {`The ${sources.size - shown.length} others, each with its notes`}
          </a>
        </p>
      )}
      {show.provenance.length > 0 && (
        <p className="small quiet">
          Record from {[...new Set(show.provenance.map(providerWords))].join(', ')}.{' '}
          <a href="/about#licences">Licences</a>
        </p>
      )}
    </section>
  )
}
