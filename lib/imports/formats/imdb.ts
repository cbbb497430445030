import type { Format, ListRow } from '../types'
import { idsOf, Rows, titleOf, yearOf } from './scalars'

/** A type as one word: "TV Mini Series", "tvMiniSeries" and "Mini-Series" are one. Accents and nuktas are often left out. */
const typeOf = (word: string) =>
  word
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f\u093c]|[^\p{L}\p{M}]/gu, '')
    .normalize('NFC')

/**
 * What the words for types have in them in the languages that IMDb exports in (English, German, French, Spanish, Italian,
 * Portuguese, Hindi) and some more. The first that fits holds: an episode of a series is no series. A film is only what is
 * called one: what a word of another language means is not known, and the title's id says more.
 */
const TYPES: [word: RegExp, is: string][] = [
  [/podcast|पॉडकास्ट/, 'It is a podcast.'],
  [/game|spiel|jeu|juego|gioco|jogo|गेम/, 'It is a game.'],
  [/musi[ckq]|संगीत|म्यूजिक/, 'It is a music video.'],
  [/episod|folge|एपिसोड|エピソート|에피소드|серия/, 'episode'],
  [
    /seri(e|al)|sorozat|сериал|серіал|dizi|सीरीज|श्रृंखला|शृंखला|シリース|ドラマ|시리즈|电视剧|剧集|影集/,
    'series',
  ],
  [
    /movie|film|pelicula|फिल्म|मूवी|short|kurz|court|corto|curta|specia|विशेष|video|वीडियो|映画|영화|фильм|电影|電影/,
    'film',
  ],
]

/** IMDb: ratings, watchlists and lists as CSV, of 2012, 2019 and since 2024, in the language of the account. */
export const imdb: Format = {
  service: 'IMDb',
  get: 'Your ratings, watchlist or any list: Export, then the CSV file, of any year.',
  sheet({ header, rows: lines }) {
    if (!header.includes('const') || !header.includes('title type')) return null
    // A list that one keeps before watching has a place for every title; a list of ratings has a rating.
    const state: ListRow['state'] =
      header.includes('position') && !header.includes('you rated') ? 'planned' : 'watching'
    const rows = new Rows()
    for (const { get, line } of lines) {
      const type = typeOf(get('title type'))
      const is = TYPES.find(([word]) => word.test(type))?.[1]
      const title = titleOf(get('title'))
      const row = { title, year: yearOf(get('year')), state, ids: idsOf({ imdb: get('const', 'url') }) }
      if (is === 'series') rows.add(row, line)
      else if (is === 'film') rows.add({ ...row, kind: 'film' }, line)
      else if (is === 'episode') {
        // "Show: Episode", under the episode's id and year: only the show's name is of use.
        const show = title?.slice(0, Math.max(0, title.lastIndexOf(': ')))
        if (show) rows.add({ title: show }, line)
        else rows.refuse(line, title, 'It is an episode, and the list does not say of which show.')
      } else if (is) rows.leaveOut(line, title, is)
      else rows.add({ ...row, kind: 'unknown' }, line)
    }
    return rows
  },
}
