import type { Metadata } from 'next'
import { ColumnHeads } from '@/app/_components/column-heads'
import { pageMetadata } from '@/lib/feeds/metadata'
import { HOLDINGS_IN_WORDS } from '@/lib/own-data/holdings'
import { LAMP_MEANINGS, Lamp } from '../_components/lamp/lamp'
import styles from './about.module.css'

export function generateMetadata(): Metadata {
  return pageMetadata(
    '/about',
    'How we know',
    'Whom we believe and in what order, what a date here means, where the records come from, and what we keep of you.',
  )
}

const TRUST: [name: string, words: string][] = [
  ['Official', 'The network, the streamer or the production itself, on its own page or in its own release.'],
  ['A maker on record', 'A writer, director, producer or actor, speaking under their own name.'],
  ['Trade', 'Papers whose readers work in the business and whose reporters call before they print.'],
  ['Press', 'General newspapers and magazines.'],
  ['Aggregator', 'Pages that gather what others have printed.'],
  ['Fan', 'Fan sites, blogs and forums.'],
]

const LICENCES: [name: string, what: string, licence: string][] = [
  [
    'TVmaze',
    'shows, premieres, ends, networks, labels, cast with characters',
    'CC BY-SA 4.0; records that rest on it are passed on under the same terms',
  ],
  [
    'Wikipedia in Turkish, Korean and English, by its contributors',
    'Turkish and Korean series, Netflix\u2019s own series',
    'CC BY-SA 4.0; records that rest on it are passed on under the same terms',
  ],
  ['bangumi-data', 'anime with their native titles and outside ids', 'CC BY 4.0'],
  [
    'MyAnimeList and Bangumi (bgm.tv)',
    'genres, themes, episodes and romanised titles of anime, through open packages',
    'MIT and CC0; bare facts',
  ],
  [
    'TMDB, AniList and Wikidata, where whoever runs this site has them asked',
    'dates, networks, labels and numbers elsewhere, each under its name',
    'This product uses the TMDB API but is not endorsed or certified by TMDB. What TMDB and AniList say is not passed on; Wikidata is CC0',
  ],
  ['Season premieres collected by rrmeiju', 'American and British seasons to 2019', 'MIT'],
  ['Listings of four streaming services to 2021', 'cast, makers, countries, genres', 'CC0'],
  ['Netflix engagement reports', 'seasons and days of release', 'bare facts'],
  [
    'The pages a claim names',
    'who said what, and when',
    'bare facts in our own words; every claim links to its page',
  ],
]

/** How the site knows what it says. */
export default function About() {
  return (
    <div className="prose">
      <h1>How we know</h1>
      <p className="lede">
        Every line here about a season to come is somebody&rsquo;s dated statement. This page says whom we
        believe, and what we do when they disagree, fall silent or turn out wrong.
      </p>

      <h2 id="lamp">The lamp</h2>
      <dl className={styles.rows}>
        {LAMP_MEANINGS.map(([state, meaning]) => (
          <div key={state}>
            <dt>
              <Lamp state={state} />
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>

      <h2 id="trust">Whom we believe, in order</h2>
      <ol className={styles.rows}>
        {TRUST.map(([name, words], i) => (
          <li key={name}>
            <b>
              <span className={styles.rank}>{i + 1}</span> {name}
            </b>
            <span>{words}</span>
          </li>
        ))}
      </ol>
      <p>
        Within a class the more exact statement counts first, then the newer one. An outlet that repeats
        another adds nothing: ten copies of one guess are one guess. Where trust cannot settle a disagreement,
        both sides are shown beside each other and stay there.
      </p>

      <h2 id="ledger">The ledger</h2>
      <p>
        A statement is written down once, with its day, its source and a link, and never edited. Later it may
        be superseded by a better one, contradicted, taken back by whoever made it, or simply missed: a window
        that passes without a premiere stays on the page as exactly that. What the statements add up to is
        worked out anew every day by fixed rules, and the notes that decided it are marked.
      </p>
      <p>
        <b>Last change</b> is the day something really changed. <b>Last looked</b> is the day we last checked.
        Looking again does not make a page newer.
      </p>

      <h2 id="dates">What a date means</h2>
      <p>
        A date is never more exact here than somebody said. &ldquo;2027&rdquo; stays a year, &ldquo;spring
        2027&rdquo; a season, and neither turns into 1 January on the calendar or in any feed. Lists are
        sorted by the earliest day a statement allows. A premiere has a day and a place; an hour only if a
        source gave one.
      </p>

      <h2 id="forecasts">Forecasts</h2>
      <p>
        Where nobody has said whether or when a season comes, a block of its own gives our estimate: a chance
        and a window with its error, made on a named day by a named version, frozen, and scored afterwards{' '}
        <a href="/forecasts">in public</a>. It stands apart from the facts, and never in a title, an alert, a
        calendar or a feed. A season with an announced date carries none, nor does a show that has ended.
      </p>

      <h2 id="corrections">When we are wrong</h2>
      <p>
        A correction is printed on the page it belongs to, with its day. The wrong statement stays in the
        ledger, marked. <a href="/corrections">All corrections</a> stand together on one page.
      </p>

      <h2 id="stories">Summaries and recaps</h2>
      <p>
        They are written here, in our own words. Every sentence of a recap is kept with the last episode it
        gives away, and stays folded until you open it. Where we have written nothing, a sentence is put
        together from the record and says no more than the record does. The covers are drawn by rule from a
        show&rsquo;s genres, title and year; they are nobody&rsquo;s artwork but ours.
      </p>

      <h2 id="licences">Where the records come from</h2>
      <div className="scroll-x">
        <table>
          <ColumnHeads names={['From', 'What', 'Terms']} />
          <tbody>
            {LICENCES.map(([name, what, licence]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{what}</td>
                <td>{licence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        Each show&rsquo;s page names the sets its own record rests on. The letters are Bricolage Grotesque and
        Source Sans 3, both under the SIL Open Font License.
      </p>

      <h2 id="privacy">What we keep of you</h2>
      <p>
        Reading needs no account, and no page here calls anybody else&rsquo;s server. If you sign in we keep
        {HOLDINGS_IN_WORDS}, and nothing more. Of it other readers learn only how many of them name the same
        pair; you can take all of it with you or delete all of it in <a href="/settings">settings</a>. One
        cookie keeps you signed in; another, which holds no address, says that you have signed in here before,
        so that nobody else can use up your sign-in mails. An address that was typed in and never confirmed is
        forgotten within eight days. Whether you prefer light or dark stays in your browser.
      </p>

      <h2 id="machines">For machines</h2>
      <p>
        All of it together, made each night, is <a href="/data">open data</a>. Every show has a{' '}
        <a href="/api">JSON interface</a>, a one-line answer in plain text, and, like each of its seasons, a
        feed of its changes (Atom and JSON Feed) and a calendar. All changes together are{' '}
        <a href="/changes.atom">one feed</a>, all premieres with a day <a href="/changes.ics">one calendar</a>
        . What you follow has a feed and a calendar of its own, at secret addresses you find in{' '}
        <a href="/settings">settings</a>. Calendars hold exact days only; with <code>?windows=1</code> they
        hold windows too, marked as tentative.
      </p>
    </div>
  )
}
