/**
 * Answers in the shape of TVmaze's (https://www.tvmaze.com/api), composed for tests: shows, people and dates of our own
 * making, fields as recorded answers have them, the ones we do not read among them.
 */

export interface SeasonGiven {
  number: number
  premiere?: string | null
  end?: string | null
  order?: number | null
  name?: string
}

export interface ShowGiven {
  id: number
  name?: string
  status?: string
  updated?: number
  premiered?: string | null
  ended?: string | null
  type?: string
  language?: string
  genres?: string[]
  imdb?: string | null
  tvdb?: number | null
  network?: object | null
  webChannel?: object | null
  seasons?: SeasonGiven[]
  episodes?: object[]
  cast?: [number, string, string][]
  akas?: [string, string | null][]
}

export const NETWORK = {
  id: 700,
  name: 'Fjordvision',
  country: { name: 'Norway', code: 'NO', timezone: 'Europe/Oslo' },
  officialSite: null,
}

export const seconds = (instant: string) => Date.parse(instant) / 1000

/** One episode as `/shows/{id}/episodes` lists it. */
export const anEpisode = (season: number, number: number | null, airdate: string, more: object = {}) => ({
  id: 9_000_000 + season * 1000 + (number ?? 999),
  url: `https://www.tvmaze.com/episodes/${9_000_000 + season * 1000 + (number ?? 999)}/an-episode`,
  name: `Episode ${number ?? 'between'}`,
  season,
  number,
  type: number === null ? 'significant_special' : 'regular',
  airdate,
  airtime: '',
  airstamp: airdate ? `${airdate}T11:00:00+00:00` : null,
  runtime: 45,
  rating: { average: null },
  image: null,
  summary: '<p>Somebody comes home.</p>',
  ...more,
})

/** `/shows/{id}` with seasons, episodes, cast and akas embedded. */
export function aShowAnswer(given: ShowGiven) {
  const { id, seasons = [], episodes = [], cast = [], akas = [] } = given
  return {
    id,
    url: `https://www.tvmaze.com/shows/${id}/a-show`,
    name: given.name ?? `Harbour Lights ${id}`,
    type: given.type ?? 'Scripted',
    language: given.language ?? 'Norwegian',
    genres: given.genres ?? ['Drama', 'Science-Fiction'],
    status: given.status ?? 'Running',
    runtime: 45,
    averageRuntime: 47,
    premiered: given.premiered === undefined ? (seasons[0]?.premiere ?? null) : given.premiered,
    ended: given.ended ?? null,
    officialSite: null,
    schedule: { time: '21:00', days: ['Sunday'] },
    rating: { average: 7.4 },
    weight: 61,
    network: given.network === undefined ? NETWORK : given.network,
    webChannel: given.webChannel ?? null,
    dvdCountry: null,
    externals: { tvrage: null, thetvdb: given.tvdb ?? null, imdb: given.imdb ?? null },
    image: null,
    summary: '<p>A lighthouse keeper hears the sea speak.</p>',
    updated: given.updated ?? seconds('2026-11-01T08:00:00Z'),
    _links: { self: { href: `https://api.tvmaze.com/shows/${id}` } },
    _embedded: {
      seasons: seasons.map(({ number, premiere = null, end = null, order = null, name = '' }) => ({
        id: id * 100 + number,
        url: `https://www.tvmaze.com/seasons/${id * 100 + number}/a-show-season-${number}`,
        number,
        name,
        episodeOrder: order,
        premiereDate: premiere,
        endDate: end,
        network: given.network === undefined ? NETWORK : given.network,
        webChannel: given.webChannel ?? null,
        image: null,
        summary: null,
        _links: { self: { href: `https://api.tvmaze.com/seasons/${id * 100 + number}` } },
      })),
      episodes,
      cast: cast.map(([person, name, character]) => ({
        person: {
          id: person,
          url: `https://www.tvmaze.com/people/${person}/somebody`,
          name,
          country: null,
          birthday: null,
        },
        character: {
          id: person * 10,
          url: 'https://www.tvmaze.com/characters/1/somebody',
          name: character,
          image: null,
        },
        self: false,
        voice: false,
      })),
      akas: akas.map(([name, country]) => ({
        name,
        country: country === null ? null : { name: country, code: 'XX', timezone: 'UTC' },
      })),
    },
  }
}

/** An entry of `/schedule/web?date=`: an episode with its show embedded. */
export const aScheduled = (episode: object, show: ReturnType<typeof aShowAnswer>) => {
  const { _embedded: _, ...plain } = show
  return { ...episode, _links: {}, _embedded: { show: plain } }
}
