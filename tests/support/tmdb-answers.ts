/**
 * Answers in the shape of TMDB's (https://developer.themoviedb.org/reference/tv-series-details), composed for tests: the
 * fields recorded answers have, shows and people of our own making.
 */

export interface SeriesGiven {
  id: number
  name?: string
  status?: string
  imdb?: string | null
  tvdb?: number | null
  wikidata?: string | null
  seasons?: { number: number; air?: string | null; count?: number }[]
  country?: string
  network?: string
  last?: { season: number; number: number; air: string } | null
}

/** `/3/tv/{id}` with everything appended that is asked for. */
export function aSeriesAnswer(given: SeriesGiven) {
  const { id, seasons = [] } = given
  return {
    adult: false,
    backdrop_path: null,
    created_by: [{ id: 900, credit_id: 'a', name: 'Ragna Moe', original_name: 'Ragna Moe', gender: 1 }],
    episode_run_time: [],
    first_air_date: seasons.find(({ number }) => number === 1)?.air ?? '',
    genres: [
      { id: 18, name: 'Drama' },
      { id: 10765, name: 'Sci-Fi & Fantasy' },
    ],
    homepage: '',
    id,
    in_production: false,
    languages: ['no'],
    last_air_date: given.last?.air ?? null,
    last_episode_to_air: given.last
      ? {
          id: 1,
          name: 'Home',
          overview: 'Somebody comes home.',
          air_date: given.last.air,
          runtime: 45,
          episode_number: given.last.number,
          season_number: given.last.season,
          show_id: id,
        }
      : null,
    name: given.name ?? 'Harbour Lights',
    next_episode_to_air: null,
    networks: [{ id: 5, name: given.network ?? 'Fjordvision', logo_path: null, origin_country: 'NO' }],
    origin_country: [given.country ?? 'NO'],
    original_language: 'no',
    original_name: 'Havnelys',
    overview: 'A lighthouse keeper hears the sea speak.',
    popularity: 12.5,
    poster_path: null,
    seasons: [
      { air_date: null, episode_count: 3, id: id * 100, name: 'Specials', overview: '', season_number: 0 },
      ...seasons.map(({ number, air = null, count = 8 }) => ({
        air_date: air,
        episode_count: count,
        id: id * 100 + number,
        name: `Season ${number}`,
        overview: '',
        poster_path: null,
        season_number: number,
        vote_average: 0,
      })),
    ],
    status: given.status ?? 'Returning Series',
    type: 'Scripted',
    vote_average: 7.9,
    vote_count: 120,
    aggregate_credits: {
      cast: [
        {
          adult: false,
          gender: 1,
          id: 77,
          name: 'Ingrid Aas',
          original_name: 'Ingrid Aas',
          order: 0,
          roles: [{ credit_id: 'b', character: 'Keeper', episode_count: 16 }],
          total_episode_count: 16,
        },
      ],
      crew: [],
    },
    external_ids: {
      imdb_id: given.imdb === undefined ? null : given.imdb,
      tvdb_id: given.tvdb ?? null,
      wikidata_id: given.wikidata ?? null,
      facebook_id: null,
    },
    keywords: { results: [{ name: 'Lighthouse', id: 3 }] },
    alternative_titles: { results: [{ iso_3166_1: 'DK', title: 'Havnelysene', type: '' }] },
    translations: {
      translations: [
        { iso_3166_1: 'DE', iso_639_1: 'de', name: 'Deutsch', data: { name: 'Hafenlichter', overview: '' } },
      ],
    },
    'watch/providers': {
      results: {
        NO: { link: 'https://example.org', flatrate: [{ provider_id: 1, provider_name: 'Fjord+' }] },
      },
    },
  }
}
