/** What a show's page says to machines in schema.org's words: facts and trusted announcements, never a forecast. */
import type { CollectionPage, TVSeason, TVSeries, WithContext } from 'schema-dts'
import type { ListedCorrection } from '@/lib/ledger/types'
import type { SeasonView, ShowPage } from '@/lib/pages/types'
import type { SourceClass } from '@/lib/status/claim'
import { exactDay, plainDate } from './words'
import { cleanLine } from './xml'

const TRUSTED: SourceClass[] = ['official', 'interview', 'trade']

/** Where other sites keep the same show, for the outside ids that make an address. */
const SAME_AS: Record<string, (value: string) => string> = {
  tvmaze: (value) => `https://www.tvmaze.com/shows/${encodeURIComponent(value)}`,
  imdb: (value) => `https://www.imdb.com/title/${encodeURIComponent(value)}/`,
  tmdb: (value) => `https://www.themoviedb.org/tv/${encodeURIComponent(value)}`,
  anilist: (value) => `https://anilist.co/anime/${encodeURIComponent(value)}`,
  mal: (value) => `https://myanimelist.net/anime/${encodeURIComponent(value)}`,
  wikidata: (value) => `https://www.wikidata.org/wiki/${encodeURIComponent(value)}`,
}

/**
 * A season's start: of a season that has begun, the date on record, as precise as it is; of one to come, a day
 * only, and only when the record or a trusted source (official, interview, trade) names it and it still stands.
 */
export function startDate(season: SeasonView, today: string): string | null {
  const { state, premiere } = season
  if (state.status === 'cancelled' || !premiere) return null
  const begun = state.status === 'airing' || state.status === 'complete'
  if (begun) return plainDate(premiere)
  const day = exactDay(premiere)
  if (!day || day < today) return null
  if (state.missed.some((missed) => missed.window.edtf === premiere.edtf)) return null
  if (state.premiereBecause.length === 0) return day
  const deciding = season.claims.filter((claim) => state.premiereBecause.includes(claim.id))
  const announced = deciding.some(
    (claim) =>
      claim.state === 'stands' && TRUSTED.includes(claim.sourceClass) && claim.edtf === premiere.edtf,
  )
  return announced ? day : null
}

const person = (name: string) => ({ '@type': 'Person' as const, name: cleanLine(name) })

/** The last day on which a claim changed something; a record's own days are no modification. */
function modified(seasons: SeasonView[]): { dateModified?: string } {
  const days = seasons.flatMap(({ claims, state }) =>
    claims.length > 0 && state.changedOn ? state.changedOn : [],
  )
  const last = days.sort().at(-1)
  return last ? { dateModified: last } : {}
}

function seasonLd(show: ShowPage, season: SeasonView, site: string): TVSeason {
  const url = `${site}/shows/${show.slug}/seasons/${season.number}`
  const begins = startDate(season, show.today)
  const ends = season.state.status === 'complete' ? plainDate(season.finale) : null
  return {
    '@type': 'TVSeason',
    '@id': `${url}#season`,
    url,
    seasonNumber: season.number,
    name: cleanLine(season.name ?? `${show.title}, season ${season.number}`),
    ...(season.episodes && { numberOfEpisodes: season.episodes }),
    ...(begins && { startDate: begins }),
    ...(ends && { endDate: ends }),
    ...modified([season]),
  }
}

/** A show as TVSeries with its seasons; a season nobody has spoken about is left out. */
export function showLd(show: ShowPage, site: string): WithContext<TVSeries> {
  const url = `${site}/shows/${show.slug}`
  const known = show.seasons.filter(
    (season) =>
      season.premiere || season.episodes || season.claims.some((claim) => claim.state !== 'retracted'),
  )
  const begun = known.filter(({ state }) => state.status === 'airing' || state.status === 'complete')
  const first = begun.find((season) => season.number === 1)
  const premiered = first ? plainDate(first.premiere) : null
  const names = [...new Set([show.originalTitle, ...show.aliases].filter((name) => name !== null))]
  const sameAs = show.ids.flatMap(({ namespace, value }) => SAME_AS[namespace]?.(value) ?? [])
  return {
    '@context': 'https://schema.org',
    '@type': 'TVSeries',
    '@id': `${url}#show`,
    url,
    name: cleanLine(show.title),
    // How it stands today, in the words of its page.
    creativeWorkStatus: cleanLine(show.status.answer),
    ...(names.length > 0 && { alternateName: names.slice(0, 20).map(cleanLine) }),
    ...(!show.summaryComposed && { description: cleanLine(show.summary) }),
    ...(show.genres.length > 0 && { genre: show.genres.map((genre) => cleanLine(genre.name)) }),
    ...(show.language && { inLanguage: cleanLine(show.language) }),
    ...(show.country && {
      countryOfOrigin: { '@type': 'Country' as const, name: cleanLine(show.country) },
    }),
    ...(show.creators.length > 0 && { creator: show.creators.map(person) }),
    ...(show.cast.length > 0 && {
      actor: show.cast
        .filter((member) => member.returning !== 'out')
        .slice(0, 20)
        .map((member) => person(member.person)),
    }),
    ...(sameAs.length > 0 && { sameAs }),
    ...(begun.length > 0 && { numberOfSeasons: begun.length }),
    ...(premiered && { startDate: premiered }),
    ...modified(show.seasons),
    ...(known.length > 0 && { containsSeason: known.map((season) => seasonLd(show, season, site)) }),
    ...(show.corrections.length > 0 && {
      correction: show.corrections.map((correction) => ({
        '@type': 'CorrectionComment' as const,
        text: cleanLine(correction.text),
        datePublished: correction.publishedOn,
      })),
    }),
  }
}

/** One season for its own page, within its series; null where the show has no such season. */
export function seasonPageLd(show: ShowPage, number: number, site: string): WithContext<TVSeason> | null {
  const season = show.seasons.find((candidate) => candidate.number === number)
  if (!season) return null
  const url = `${site}/shows/${show.slug}`
  return {
    '@context': 'https://schema.org',
    ...(seasonLd(show, season, site) as Exclude<TVSeason, string>),
    partOfSeries: { '@type': 'TVSeries', '@id': `${url}#show`, url, name: cleanLine(show.title) },
  }
}

/** The list of corrections, each a note about its season or show. */
export function correctionsLd(corrections: ListedCorrection[], site: string): WithContext<CollectionPage> {
  return {
    '@context': 'https://schema.org',
    '@type': 'CollectionPage',
    url: `${site}/corrections`,
    name: 'Corrections',
    hasPart: corrections.map(({ show, season, text, publishedOn }) => {
      const url = `${site}/shows/${show.slug}`
      return {
        '@type': 'CorrectionComment' as const,
        text: cleanLine(text),
        datePublished: publishedOn,
        about:
          season === null
            ? { '@type': 'TVSeries' as const, '@id': `${url}#show`, name: cleanLine(show.title) }
            : {
                '@type': 'TVSeason' as const,
                '@id': `${url}/seasons/${season}#season`,
                seasonNumber: season,
              },
      }
    }),
  }
}

/** JSON for a script element: nothing in it can end the element or open another. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
}
