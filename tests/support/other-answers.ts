/** Answers in the shapes of AniList's (https://docs.anilist.co) and Wikidata's, composed for tests from their documentation. */

export interface MediaGiven {
  id: number
  english?: string | null
  romaji?: string
  native?: string | null
  synonyms?: string[]
  format?: string
  status?: string
  start?: [number | null, number | null, number | null]
  end?: [number | null, number | null, number | null]
  quarter?: [string, number]
  episodes?: number | null
  relations?: [string, number, string][] | null
  next?: { at: string; episode: number } | null
  mal?: number
  updated?: string
  country?: string
}

const fuzzy = ([year, month, day]: [number | null, number | null, number | null]) => ({ year, month, day })

/** An entry. */
export function aMedia(given: MediaGiven) {
  return {
    id: given.id,
    idMal: given.mal ?? null,
    title: {
      romaji: given.romaji ?? 'Umi no Akari',
      english: given.english ?? null,
      native: given.native ?? '海の灯り',
    },
    format: given.format ?? 'TV',
    status: given.status ?? 'NOT_YET_RELEASED',
    startDate: fuzzy(given.start ?? [null, null, null]),
    endDate: fuzzy(given.end ?? [null, null, null]),
    season: given.quarter?.[0] ?? null,
    seasonYear: given.quarter?.[1] ?? null,
    episodes: given.episodes ?? null,
    duration: 24,
    countryOfOrigin: given.country ?? 'JP',
    source: 'LIGHT_NOVEL',
    isAdult: false,
    genres: ['Drama', 'Sci-Fi'],
    synonyms: given.synonyms ?? [],
    tags: [
      { name: 'Lighthouse', rank: 80, isMediaSpoiler: false, isGeneralSpoiler: false, isAdult: false },
      { name: 'The Ending', rank: 90, isMediaSpoiler: true, isGeneralSpoiler: false, isAdult: false },
    ],
    averageScore: 78,
    updatedAt: Date.parse(given.updated ?? '2026-11-01T08:00:00Z') / 1000,
    nextAiringEpisode: given.next
      ? { airingAt: Date.parse(given.next.at) / 1000, episode: given.next.episode }
      : null,
    relations:
      given.relations === null
        ? null
        : {
            edges: (given.relations ?? []).map(([relationType, id, format]) => ({
              relationType,
              node: { id, type: format === 'MANGA' ? 'MANGA' : 'ANIME', format },
            })),
          },
  }
}

/** `Media(id:)` by GraphQL; an id that is not there is AniList's error. */
export const anAnilistServer = (media: object[]) => (body: string) => {
  const { variables } = JSON.parse(body) as { variables: { id?: number } }
  const found = media.find((one) => (one as { id: number }).id === variables.id)
  return found
    ? { data: { Media: found } }
    : { errors: [{ message: 'Not Found.', status: 404 }], data: { Media: null } }
}

type Snak = [property: string, value: unknown, rank?: string]

/** An item as `Special:EntityData` gives it. */
export function anItem(
  id: string,
  label: string,
  statements: Snak[] = [],
  modified = '2026-10-30T07:00:00Z',
) {
  const claims: Record<string, object[]> = {}
  for (const [property, value, rank = 'normal'] of statements)
    claims[property] = [
      ...(claims[property] ?? []),
      {
        rank,
        type: 'statement',
        mainsnak: { snaktype: 'value', property, datavalue: { value, type: 'string' } },
      },
    ]
  return {
    entities: {
      [id]: {
        id,
        type: 'item',
        ns: 0,
        title: id,
        lastrevid: 1,
        modified,
        labels: { en: { language: 'en', value: label } },
        descriptions: {},
        aliases: [],
        claims: statements.length > 0 ? claims : [],
        sitelinks: {},
      },
    },
  }
}

/** A day, month or year as Wikibase writes one. */
export const aTime = (time: string, precision: 9 | 10 | 11) => ({
  time: `+${time}T00:00:00Z`,
  precision,
  timezone: 0,
  before: 0,
  after: 0,
  calendarmodel: 'http://www.wikidata.org/entity/Q1985727',
})
