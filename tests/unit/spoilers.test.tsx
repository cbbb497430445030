import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Ledger } from '@/app/_components/show/ledger'
import { Plot, Trailers } from '@/app/_components/show/plot'
import { Returning } from '@/app/_components/show/returning'
import { Contradictions } from '@/app/_components/show/standing'
import { CLAIM_KINDS } from '@/db/schema/words'
import { answerText } from '@/lib/feeds/answer'
import { showFeed } from '@/lib/feeds/entries'
import { seenChanges } from '@/lib/feeds/seen'
import { maySpoil } from '@/lib/ledger/spoilers'
import { eventWords } from '@/lib/ledger/words'
import { returningCast } from '@/lib/pages/returning'
import type { Claim } from '@/lib/status/claim'
import { claimOf, showOf } from '../support/show-page'

const spoils = (given: Partial<Claim> & Pick<Claim, 'kind'>) => maySpoil(claimOf({ season: 2, ...given }))

describe('what may give away how the season before ended', () => {
  it('is who is back, who is not, what it is about, and a death; not an order, a date, a shoot or a newcomer', () => {
    expect(CLAIM_KINDS.filter((kind) => spoils({ kind }))).toEqual([
      'cast_confirmed',
      'cast_out',
      'plot_official',
      'plot_rumour',
    ])
    expect(spoils({ kind: 'cast_new', personStatus: 'returning' })).toBe(true)
    expect(spoils({ kind: 'no_news', value: 'With the lead’s death there is no more room.' })).toBe(true)
    expect(spoils({ kind: 'filming_started', value: 'Being shot when its co-creator died.' })).toBe(true)
  })

  it('a title that speaks of death gives nothing away, nor does anything said of a first season', () => {
    for (const value of [
      'Death Note is ordered.',
      'The Walking Dead returns.',
      'Only Murders in the Building',
    ])
      expect(spoils({ kind: 'renewed', value }), value).toBe(false)
    for (const kind of CLAIM_KINDS)
      expect(spoils({ kind, season: 1, value: 'Somebody died.' }), kind).toBe(false)
  })
})

/** A second season of which everything is said that gives the first away, each with a word of its own. */
function spoken(season = 2) {
  const said = (kind: Claim['kind'], value: string, more: Partial<Claim> = {}) =>
    claimOf({ season, kind, value, ...more })
  const claims = [
    said('cast_confirmed', 'Ann Back is back.', { who: 'Ann Back as Mia', personStatus: 'returning' }),
    said('cast_out', 'Bo Gone is not.', { who: 'Bo Gone', personStatus: 'out', publishedOn: '2026-03-03' }),
    said('cast_confirmed', 'Cy Torn stays.', { who: 'Cy Torn', personStatus: 'returning' }),
    said('cast_out', 'Cy Torn leaves.', { who: 'Cy Torn', personStatus: 'out' }),
    said('cast_new', 'Di Fresh joins.', { who: 'Di Fresh', personStatus: 'new', publishedOn: '2026-11-01' }),
    said('plot_official', 'Mia rules the town.', { publishedOn: '2026-03-03' }),
    said('plot_rumour', 'Mia dreams.'),
    said('trailer', 'A teaser asks who killed Bo.'),
    said('renewed', 'Ordered, after the deaths were over and Bo was dead.'),
  ]
  const earlier = season > 1 ? [{ number: season - 1, premiere: '2025-01-03' }] : []
  return showOf([...earlier, { number: season, claims }], { title: 'Town' })
}
const GIVEN_AWAY = ['Ann Back', 'Bo Gone', 'Cy Torn', 'rules the town', 'dreams', 'who killed', 'was dead']

const pageOf = (show: ReturnType<typeof spoken>, number: number) => {
  const season = show.seasons.find((one) => one.number === number)!
  return renderToStaticMarkup(
    <>
      <Ledger claims={season.claims} because={[]} />
      <Plot season={season} />
      <Trailers season={season} />
      <Contradictions season={season} />
      <Returning
        cast={returningCast([], season.claims)}
        season={number}
        begun={false}
        claimHref={(id) => `#${id}`}
      />
    </>,
  )
}
/** What stands on a page before anything is opened. */
const unopened = (html: string) =>
  html.replace(/<details[^>]*>(<summary.*?<\/summary>).*?<\/details>/gs, '$1')
const text = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

describe('a page', () => {
  it('prints none of it before it is opened, all of it after, and a newcomer at once', () => {
    const html = pageOf(spoken(), 2)
    for (const words of GIVEN_AWAY) {
      expect(text(unopened(html)), words).not.toContain(words)
      expect(text(html), words).toContain(words)
    }
    expect(text(unopened(html))).toContain('Di Fresh')
  })

  it('says on the fold what is there, of which day and by whom', () => {
    const shown = text(unopened(pageOf(spoken(), 2)))
    expect(shown).toContain('3 Mar 2026 Plot stands The Network: may give away how season 1 ended')
    expect(shown).toContain('Plot, 3 Mar 2026, The Network: may give away how season 1 ended')
    expect(shown).toMatch(
      /Back \d, not in it \d; the newest word The Network, 1 Oct 2026: may give away how season 1 ended/,
    )
    expect(shown).toContain('Both sides (may give away how season 1 ended)')
  })

  it('folds nothing of a first season but guesses', () => {
    const shown = text(unopened(pageOf(spoken(1), 1)))
    for (const words of ['Ann Back', 'Bo Gone', 'rules the town']) expect(shown, words).toContain(words)
  })
})

describe('what cannot be folded', () => {
  it('first line, answer, feeds and what changed since print none of it', () => {
    const show = spoken()
    const feed = showFeed(show, 'https://greenlit.example', 'atom')
    const faces = [
      show.status.answer,
      answerText(show),
      JSON.stringify(feed),
      JSON.stringify(seenChanges(show)),
    ]
    for (const words of GIVEN_AWAY) for (const face of faces) expect(face, words).not.toContain(words)
    expect(JSON.stringify(feed)).toContain('Cast confirmed')
  })

  it('a casting is told by name for a first season, and to whoever asked for names', () => {
    const cast = { kind: 'cast-confirmed', was: '', became: 'Ann Back' } as const
    expect(eventWords({ ...cast, season: 1 })).toBe('Cast confirmed: Ann Back')
    expect(eventWords({ ...cast, season: 2 })).toBe('Cast confirmed')
    expect(eventWords(cast)).toBe('Cast confirmed')
    expect(eventWords({ ...cast, season: 2, named: true })).toBe('Cast confirmed: Ann Back')
  })
})
