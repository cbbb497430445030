import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { DoorForm } from '@/app/_components/door-form'
import { Shelf } from '@/app/_components/lists/shelf'
import { PosterInks } from '@/app/_components/poster/poster'
import { posterRow } from '@/app/_components/poster/rules'
import { SessionEnded } from '@/app/_components/session-ended'
import related from '@/app/_components/show/related.module.css'
import { RelatedShow } from '@/app/_components/show/related-show'
import { currentFollower } from '@/lib/follows/basket'
import { getHome } from '@/lib/pages/home'
import { type Dials, parseDials } from '@/lib/related/dials'
import { getForYou } from '@/lib/related/for-you-queries'
import type { ForYou, ForYouCard, NamedShow } from '@/lib/related/types'
import { dayOf } from '@/lib/shared/day'
import following from '../following.module.css'
import { DialsForm, dialWords } from './dials'
import styles from './for-you.module.css'
import { JustSaid, StayHere } from './in-place'

export const metadata: Metadata = { title: 'For you', robots: { index: false, follow: false } }

/** So many of the words a reader has said stand on the page, the newest. */
const SAID_SHOWN = 60
const WAITING_SHOWN = 12

type Params = Record<string, string | string[] | undefined>

/** Shows somebody writes about, for a reader of whom nothing is known: no taste is made up. */
async function writtenAbout() {
  const { window, coming, waits } = await getHome(dayOf(new Date()))
  const dated = [...window, ...coming]
  const known = new Set(dated.map(({ slug }) => slug))
  return [...dated, ...waits.filter(({ slug }) => !known.has(slug))].slice(0, WAITING_SHOWN)
}

const Named = ({ show: { slug, title } }: { show: NamedShow }) => <a href={`/shows/${slug}`}>{title}</a>

/** What led to a card, in a sentence. */
function Because({ card: { through, via } }: { card: ForYouCard }) {
  const [first, ...others] = through
  if (!first) return null
  const own = first.word === 'seen' ? 'which you have seen' : 'which you follow'
  if (via)
    return (
      <>
        Goes with <Named show={via} />, as that does with <Named show={first} />, {own}.
      </>
    )
  if (others.length === 0)
    return (
      <>
        Goes with <Named show={first} />, {own}.
      </>
    )
  return (
    <>
      Goes with{' '}
      {through.map((show, i) => (
        <span key={show.slug}>
          {i > 0 && (i === through.length - 1 ? ' and ' : ', ')}
          <Named show={show} />
        </span>
      ))}
      , of those you know.
    </>
  )
}

/** A form that says a word on a show, or takes it back, with the dials as they are. */
function WordForm({
  slug,
  dials,
  children,
  className,
}: {
  slug: string
  dials: Dials
  children: ReactNode
  className?: string
}) {
  return (
    <DoorForm action="/api/me/verdicts" className={className ?? styles.words}>
      <input type="hidden" name="slug" value={slug} />
      <input type="hidden" name="fame" value={dials.fame} />
      <input type="hidden" name="length" value={dials.length} />
      {children}
    </DoorForm>
  )
}

function Undo({ show, dials }: { show: NamedShow; dials: Dials }) {
  return (
    <WordForm slug={show.slug} dials={dials} className={styles.undo}>
      <button type="submit" name="word" value="" aria-label={`Undo: ${show.title}`}>
        Undo
      </button>
    </WordForm>
  )
}

/** What the reader has just done, in words; the show is looked up in their own list, never echoed. */
function Notice({ said, forYou, dials }: { said: string; forYou: ForYou; dials: Dials }) {
  const [, word, slug] = /^(seen|not-this|undone)\.([a-z0-9-]{1,120})$/.exec(said) ?? []
  if (word === 'undone') {
    const back = forYou.cards.find((card) => card.slug === slug)
    return <JustSaid key={said}>{back ? `${back.title} stands here again.` : 'That is taken back.'}</JustSaid>
  }
  const show = forYou.said.find((entry) => entry.slug === slug && entry.word === word)
  if (!show) return null
  return (
    <JustSaid key={said}>
      <p>{show.word === 'seen' ? `You have seen ${show.title}.` : `You waved off ${show.title}.`}</p>
      <Undo show={show} dials={dials} />
    </JustSaid>
  )
}

async function NothingYet() {
  const shows = await writtenAbout()
  return (
    <>
      <p className="lede">
        You follow nothing and have seen nothing that we know of, so there is nothing to go by. Follow a show,
        and what goes with it stands here, each with its reasons. <a href="/search">Search</a> or{' '}
        <a href="/shows">browse the shows</a>.
      </p>
      {shows.length > 0 && (
        <section aria-labelledby="written" className={following.page}>
          <h2 id="written">Waited for, and written about</h2>
          <Shelf shows={shows} heading="h3" />
        </section>
      )}
    </>
  )
}

function Cards({ cards, dials }: { cards: ForYouCard[]; dials: Dials }) {
  const covers = posterRow(cards)
  return (
    <section aria-labelledby="cards">
      <PosterInks designs={covers} />
      <h2 id="cards" className="visually-hidden">
        Shows for you
      </h2>
      <ul className={related.cards}>
        {cards.map((card, i) => (
          <RelatedShow key={card.slug} card={card} poster={covers[i]} because={<Because card={card} />}>
            <WordForm slug={card.slug} dials={dials}>
              <button type="submit" name="word" value="not-this" aria-label={`Not this: ${card.title}`}>
                Not this
              </button>
              <button type="submit" name="word" value="seen" aria-label={`Seen it: ${card.title}`}>
                Seen it
              </button>
            </WordForm>
          </RelatedShow>
        ))}
      </ul>
    </section>
  )
}

function Said({ said, dials }: { said: ForYou['said']; dials: Dials }) {
  if (said.length === 0) return null
  return (
    <section aria-labelledby="said" className={styles.said}>
      <h2 id="said">Seen and waved off</h2>
      <ul className="ends">
        {said.slice(0, SAID_SHOWN).map((show) => (
          <li key={show.slug}>
            <span>
              <Named show={show} />{' '}
              <span className="quiet">{show.word === 'seen' ? 'seen' : 'waved off'}</span>
            </span>
            <Undo show={show} dials={dials} />
          </li>
        ))}
      </ul>
      {said.length > SAID_SHOWN && (
        <p className="quiet">{`The newest ${SAID_SHOWN} of ${said.length}; your export holds them all.`}</p>
      )}
    </section>
  )
}

/** Recommendations for one reader, with the reasons for each, two dials, and what they have said, to be taken back. */
export default async function ForYouPage({ searchParams }: { searchParams: Promise<Params> }) {
  const viewer = await currentFollower()
  if (!viewer) return <SessionEnded returnTo="/following/for-you" />
  const params = await searchParams
  const parsed = parseDials(params)
  // Refusals are made in next.config.ts with their status; what only the parser can see is refused in words.
  if (!parsed.ok) notFound()
  const { dials } = parsed
  const forYou = await getForYou(viewer, dials)
  const { cards, known, said } = forYou
  return (
    <div className={following.page}>
      <StayHere />
      <div className={following.head}>
        <h1>For you</h1>
        <nav aria-label="Your lists" className={following.ways}>
          <a href="/following">Following</a>
          {said.length > 0 && <a href="#said">Seen and waved off</a>}
        </nav>
      </div>
      <Notice said={String(params.said ?? '')} forYou={forYou} dials={dials} />
      {known === 0 ? (
        <NothingYet />
      ) : (
        <>
          <p className="lede">
            What goes with the {known === 1 ? 'show' : `${known} shows`} you follow or have seen. Each says by
            which of them it came, and why.
          </p>
          <DialsForm dials={dials} />
          <p role="status" className="quiet">
            {cards.length > 0
              ? [cards.length === 1 ? 'One show' : `${cards.length} shows`, ...dialWords(dials)].join(', ')
              : 'Nothing we know goes with them yet. The lists are made anew every night.'}
          </p>
          {cards.length > 0 && <Cards cards={cards} dials={dials} />}
        </>
      )}
      <Said said={said} dials={dials} />
    </div>
  )
}
