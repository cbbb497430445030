import type { Format } from '../types'
import { anilist } from './anilist'
import { greenlit } from './greenlit'
import { imdb } from './imdb'
import { jellyfin } from './jellyfin'
import { kitsu } from './kitsu'
import { letterboxd } from './letterboxd'
import { myanimelist } from './myanimelist'
import { netflix } from './netflix'
import { plain } from './plain'
import { plex } from './plex'
import { primeVideo } from './prime-video'
import { ryot } from './ryot'
import { seriesguide } from './seriesguide'
import { showly } from './showly'
import { simkl } from './simkl'
import { sonarr } from './sonarr'
import { tmdb } from './tmdb'
import { trakt } from './trakt'
import { tvtime } from './tvtime'
import { tvtimeExport } from './tvtime-export'
import { watcharr } from './watcharr'
import { yamtrack } from './yamtrack'

/** Every format we read, in the order in which they are asked; a plain list takes what nobody else knows. */
export const FORMATS: Format[] = [
  greenlit,
  tvtime,
  tvtimeExport,
  trakt,
  simkl,
  myanimelist,
  anilist,
  kitsu,
  imdb,
  letterboxd,
  netflix,
  yamtrack,
  ryot,
  seriesguide,
  showly,
  sonarr,
  plex,
  jellyfin,
  watcharr,
  tmdb,
  primeVideo,
  plain,
]
