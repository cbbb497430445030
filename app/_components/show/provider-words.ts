/** Providers as people know them; one without an entry is named as it is stored. */
const PROVIDER_WORDS: Record<string, string> = {
  'claim-pages': 'the pages the notes name',
  'by-hand': 'common knowledge',
  'famous-by-hand': 'common knowledge',
  'maker-pages': 'the makers’ pages',
  'network-seasons': 'season premieres collected by rrmeiju',
  'netflix-titles': 'a listing of Netflix titles',
  'streaming-titles': 'listings of streaming titles',
  'netflix-reports': 'Netflix engagement reports',
  'tvmaze-2024': 'TVmaze',
  'tvmaze-2025': 'TVmaze',
  'tvmaze-2025-10': 'TVmaze',
  'tvmaze-schedule': 'TVmaze',
  tvmaze: 'TVmaze',
  tmdb: 'TMDB',
  anilist: 'AniList',
  myanimelist: 'MyAnimeList',
  'anime-seasons': 'a list of MyAnimeList’s seasons',
  'anime-genres': 'a list of MyAnimeList’s genres',
  'bangumi-subjects': 'a list of Bangumi’s entries',
  'turkish-wikipedia': 'Turkish Wikipedia',
  'korean-wikipedia': 'Korean Wikipedia',
  'netflix-originals-wikipedia': 'Wikipedia',
  wikidata: 'Wikidata',
  premises: 'our own notes on its premise',
  catalogue: 'our catalogue',
}

/** A provider, or an entry of a record's provenance ("tvmaze-2024 (CC BY-SA 4.0)"), in words. */
export const providerWords = (name: string) =>
  name.replace(/^[a-z0-9-]+/, (stored) =>
    Object.hasOwn(PROVIDER_WORDS, stored) ? PROVIDER_WORDS[stored]! : stored,
  )
