/** What can be brought and where its owner gets it, in the order of how many will ask. */
export const SERVICES: { name: string; get: string }[] = [
  {
    name: 'TV Time',
    get: 'The ZIP it sent you on request before it closed, whole or any of its CSV files; the export of its last year; the files of TV Time Liberator.',
  },
  {
    name: 'Trakt',
    get: 'Settings, Data, Export: the ZIP as it is, or single JSON files. Ratings as CSV work too.',
  },
  { name: 'Simkl', get: 'Settings, Backup: the JSON or the CSV file.' },
  {
    name: 'MyAnimeList',
    get: 'Profile, Export, anime list: the XML file, packed (.gz) or not. Kitsu exports the same file.',
  },
  {
    name: 'AniList',
    get: 'Settings, Account: the copy of your data (it has no titles), or lists as export tools save them.',
  },
  { name: 'IMDb', get: 'Your ratings, watchlist or any list: Export, then the CSV file, of any year.' },
  {
    name: 'Netflix',
    get: 'Account, Profile, Viewing activity, “Download all”: the CSV. It has titles only, so every show is a question.',
  },
  {
    name: 'Prime Video',
    get: 'The CSV with “Date Watched” that browser tools save from your watch history.',
  },
  {
    name: 'Plex, Jellyfin, Sonarr',
    get: 'Their lists as JSON (Plex also as XML), as their interfaces answer.',
  },
  {
    name: 'SeriesGuide, Showly, Yamtrack, Ryot, Watcharr, Kitsu, TMDB',
    get: 'Their own export or backup file: JSON for the first two, Ryot and Watcharr, CSV for Yamtrack and TMDB.',
  },
  {
    name: 'Your own list',
    get: 'A CSV or JSON file with “title”; “year”, “season” and ids (“imdb_id”, “tvdb_id”, “tmdb_id”, “mal_id” …) help. Or a text file: a title, an id or a link on each line.',
  },
  { name: 'Greenlit', get: 'The CSV or JSON file below: it is found again exactly.' },
]
