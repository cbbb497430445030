/** Every format, read from files composed after its documented fields (tests/fixtures/imports). */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readUpload } from '@/lib/imports/read'
import type { Reading } from '@/lib/imports/types'

const FIXTURES = join(import.meta.dirname, '../fixtures/imports')
const LISTS = /\.(csv|json|xml|gz)$/
const listsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => LISTS.test(file))
    .sort()

/** A reading as a person would note it down: whose it is, and a line a title; or the sentence of refusal. */
function noted(reading: Reading): string[] {
  if (!reading.ok) return [reading.message]
  const rows = reading.rows.map(({ title, year, ids, kind, season, state, wanted }) =>
    [
      ...[
        title,
        year,
        Object.entries(ids)
          .map((pair) => pair.join(':'))
          .join(' '),
        kind,
      ],
      ...[season && `s${season}`, state, wanted && `wants ${wanted}`],
    ]
      .filter(Boolean)
      .join(' | '),
  )
  return [
    reading.service,
    ...rows,
    ...reading.unreadable.map(({ title, reason }) => `? ${title} | ${reason}`),
  ]
}

const FILES: Record<string, string[]> = {
  'anilist/anilist-lists.json': [
    'AniList',
    'Paper Kite | anilist:550001 mal:660001 | show | watching',
    'Eiga | anilist:550003 | film | completed',
  ],
  'anilist/copy.json': ['AniList', 'anilist:550001 | show | watching'],
  'greenlit-following.csv': [
    'Greenlit',
    'Lantern Street | greenlit:lantern-street | show | watching | wants 3',
    '+1 | greenlit:plus-one | show | watching | wants 2',
  ],
  'greenlit-following.json': [
    'Greenlit',
    'Lantern Street | greenlit:lantern-street | show | watching | wants 3',
  ],
  'imdb/ratings-2012.csv': [
    'IMDb',
    'Lantern Street | 2019 | imdb:tt7000001 | show | watching',
    'A Film | 2020 | imdb:tt7000009 | film | watching',
  ],
  'imdb/ratings-2019.csv': [
    'IMDb',
    'Lantern Street | 2019 | imdb:tt7000001 | show | watching',
    'Lantern Street: The Lamp | show | watching',
  ],
  'imdb/watchlist-2024.csv': [
    'IMDb',
    'Winter Harbour | 2021 | imdb:tt7000002 | show | planned',
    'A Short | 2023 | film | planned',
    '? A Game | It is a game.',
  ],
  'jellyfin.json': [
    'Jellyfin',
    'Winter Harbour | 2021 | tmdb:770002 | show | watching',
    'Lantern Street | show | s2 | watching',
  ],
  'kitsu.json': [
    'Kitsu',
    'Paper Kite | kitsu:71 mal:660001 | show | watching',
    '? null | It is not an anime.',
  ],
  'letterboxd/a-list.csv': [
    'This is from Letterboxd, which keeps films. Greenlit follows series, so there is nothing in it to follow.',
  ],
  'letterboxd/watched.csv': [
    'This is from Letterboxd, which keeps films. Greenlit follows series, so there is nothing in it to follow.',
  ],
  'myanimelist/animelist_1.xml': [
    'MyAnimeList',
    'Paper Kite & Co | mal:660001 | show | watching',
    'Iron Well | mal:660002 | show | dropped',
    'Paper Kite: The Film | mal:660009 | film | completed',
  ],
  'myanimelist/api.json': [
    'MyAnimeList',
    'Paper Kite | mal:660001 | show | watching',
    'Iron Well | mal:660002 | show | dropped',
  ],
  'myanimelist/load.json': [
    'MyAnimeList',
    'Paper Kite | mal:660001 | show | planned',
    'Iron Well | mal:660002 | show | dropped',
  ],
  'myanimelist/mangalist_1.xml': ['This is a list of manga. Export your anime list instead.'],
  'netflix/MyList.csv': ['The file is empty: there is nothing below its first line.'],
  'netflix/NetflixViewingHistory.csv': [
    'Netflix',
    'Lantern Street | show | s2 | watching',
    'Winter: Harbour: Buch | show | s3 | watching',
    '? A Film | It names no season, so it may be a film: look for it by hand if it is a show.',
    '? : Episode 7 | It names no season, so it may be a film: look for it by hand if it is a show.',
  ],
  'netflix/ViewingActivity.csv': ['Netflix', 'Lantern Street | show | s4 | watching'],
  'plain.csv': [
    'A list of titles',
    'Lantern Street | 2019 | imdb:tt7000001 | unsaid | watching',
    'Winter; Harbour | 2021 | unsaid | planned',
    'Hidden Hill | 2018 | unsaid | dropped',
    '? null | It has neither a title nor an id.',
  ],
  'plex/history.xml': [
    'Plex',
    'A Film | 2020 | imdb:tt7000009 | film | watching',
    'Lantern & Street | tvdb:880001 | show | s2 | watching',
  ],
  'plex/watchlist.json': [
    'Plex',
    'Lantern Street | 2019 | imdb:tt7000001 tvdb:880001 | show | planned',
    'Winter Harbour | 2021 | show | planned',
  ],
  'prime-video.csv': ['Prime Video', 'Lantern Street | show | s2 | watching'],
  'ryot.json': [
    'Ryot',
    'Lantern Street | tmdb:770001 | show | s2 | watching',
    '? A Book | It is neither a show nor an anime.',
  ],
  'seriesguide/sg-shows-backup.json': [
    'SeriesGuide',
    'Lantern Street | 2019 | tmdb:770001 tvdb:880001 imdb:tt7000001 trakt:901 | show | s1 | watching',
    'Hidden Hill | tmdb:770003 | show | hidden',
  ],
  'showly_export_20260502101112.json': [
    'Showly',
    'Lantern Street | trakt:901 tmdb:770001 | show | s2 | watching',
    'Winter Harbour | trakt:902 | show | planned',
    'Hidden Hill | trakt:903 tmdb:770003 | show | hidden',
    'A Film | trakt:5 tmdb:9 | film | completed',
  ],
  'simkl/SimklBackup.csv': [
    'Simkl',
    'Paper Kite | 2024 | mal:660001 | show | s1 | planned',
    'A Film | 2020 | imdb:tt7000009 | film | completed',
  ],
  'simkl/SimklBackup.json': [
    'Simkl',
    'Lantern Street | 2019 | simkl:51 tvdb:880001 tmdb:770001 imdb:tt7000001 | show | s2 | watching',
    'Winter Harbour | 2021 | tmdb:770002 | show | watching',
    'Paper Kite | 2024 | mal:660001 | show | planned',
    'Paper Kite: The Film | mal:660009 | film | completed',
    'A Film | 2020 | simkl:9 | film | completed',
  ],
  'sonarr.json': ['Sonarr', 'Lantern Street | 2019 | tvdb:880001 imdb:tt7000001 | show | watching'],
  'tmdb.csv': [
    'TMDB',
    'Winter Harbour | 2021 | tmdb:770002 | show | planned',
    'Lantern Street | show | s2 | watching',
  ],
  'trakt/hidden-progress-watched.json': ['Trakt', 'Hidden Hill | trakt:903 | show | hidden'],
  'trakt/lists-watchlist.json': [
    'Trakt',
    'Winter Harbour | 2021 | trakt:902 tmdb:770002 | show | planned',
    'A Film | 2020 | trakt:901 tmdb:770001 | film | completed',
  ],
  'trakt/ratings.csv': [
    'Trakt',
    'Lantern Street | 2019 | trakt:901 tvdb:880001 imdb:tt7000001 tmdb:770001 | show | s2 | watching',
    'A Film | 2020 | trakt:5 imdb:tt7000009 tmdb:9 | film | watching',
  ],
  'trakt/watched-history-1.json': [
    'Trakt',
    'Lantern Street | 2019 | trakt:901 tvdb:880001 | show | s3 | watching',
    'A Film | 2020 | trakt:5 | film | completed',
  ],
  'trakt/watched-shows.json': [
    'Trakt',
    'Lantern Street | 2019 | trakt:901 tvdb:880001 imdb:tt7000001 tmdb:770001 | show | s2 | watching',
  ],
  'tvtime/activity_history.csv': [
    'TV Time',
    'A Film | imdb:tt7000009 | film | watching',
    'Lantern Street | tvdb:880001 imdb:tt7000001 | show | s1 | watching',
  ],
  'tvtime/followed_tv_show.csv': [
    'TV Time',
    'Night, and Day | tvdb:880004 | show | watching',
    'Left Long Ago | tvdb:880005 | show | dropped',
  ],
  'tvtime/lists-prod-lists.csv': ['TV Time', 'tvdb:880001 | show | planned', 'tvdb:880002 | show | planned'],
  'tvtime/tracking-prod-records-v2.csv': [
    'TV Time',
    'Lantern Street | tvdb:880001 | show | s2 | watching',
    'Old Specials | tvdb:880009 | show | watching',
    'Winter Harbour | 2021 | tvdb:880002 | show | planned',
    'Hidden Hill | tvdb:880003 | show | dropped',
  ],
  'tvtime/tracking-prod-records.csv': [
    'TV Time',
    'Lantern Street | tvdb:880001 | show | s3 | watching',
    'the long film | 2019 | film | watching',
  ],
  'tvtime/tvtime-series-2026-07-14.json': [
    'TV Time',
    'Lantern Street | tvdb:880001 | show | s1 | watching',
    'Hidden Hill | tvdb:880003 | show | dropped',
  ],
  'tvtime/tvtime-series-episodes.csv': ['TV Time', 'Lantern Street | tvdb:880001 | show | s1 | watching'],
  'tvtime/tvtime-series.csv': [
    'TV Time',
    'Lantern Street | tvdb:880001 imdb:tt7000001 | show | watching',
    'Winter Harbour | tvdb:880002 | show | planned',
  ],
  'tvtime/user_show_special_status.csv': ['TV Time', 'Winter Harbour | tvdb:880002 | show | planned'],
  'watcharr.json': [
    'Watcharr',
    'Lantern Street | 2019 | tmdb:770001 | show | s2 | watching',
    'Winter Harbour | tmdb:770002 | show | watching',
  ],
  'yamtrack.csv': [
    'Yamtrack',
    'Lantern Street | tmdb:770001 | show | s2 | watching',
    'A Film | tmdb:5 | film | watching',
    '? A Book | It is a book.',
  ],
}

describe('a list brought from elsewhere', () => {
  it('has a row here for every file of the fixtures', () => {
    expect(listsIn(FIXTURES)).toEqual(Object.keys(FILES).sort())
  })

  it.each(Object.entries(FILES))('%s is read as what it is', async (file, expected) => {
    expect(noted(await readUpload(readFileSync(join(FIXTURES, file)), file))).toEqual(expected)
  })

  it.each(Object.entries(FILES))(
    '%s is known by its content when it is called something else',
    async (file, expected) => {
      // A hidden list of Trakt's and a list of films differ from others by name alone where they hold nothing.
      const bytes = readFileSync(join(FIXTURES, file))
      expect(noted(await readUpload(bytes, 'download (3)'))).toEqual(expected)
    },
  )

  it('is read when it is packed, as MyAnimeList packs its lists', async () => {
    const bytes = gzipSync(readFileSync(join(FIXTURES, 'myanimelist/animelist_1.xml')))
    expect(noted(await readUpload(bytes, 'animelist_1.xml.gz'))).toEqual(FILES['myanimelist/animelist_1.xml'])
  })

  it('is read in the letters it was written in: windows-1252, UTF-16, UTF-8 with damage', async () => {
    const header = 'Const,Your Rating,Date Rated,Title,URL,Title Type,Year\n'
    const rest = ',https://x,tvSeries,2019\n'
    const western = Buffer.concat([
      Buffer.from(`${header}tt7000001,9,2021-04-03,Caf`),
      Buffer.from([0xe9]),
      Buffer.from(rest),
    ])
    expect(noted(await readUpload(western, 'ratings.csv'))[1]).toBe(
      'Café | 2019 | imdb:tt7000001 | show | watching',
    )
    const utf16 = Buffer.from(`\ufeff${header}tt7000001,9,2021-04-03,Café${rest}`, 'utf16le')
    expect(noted(await readUpload(utf16, 'ratings.csv'))[1]).toBe(
      'Café | 2019 | imdb:tt7000001 | show | watching',
    )
    const xml = readFileSync(join(FIXTURES, 'myanimelist/animelist_1.xml'), 'utf8')
    const damaged = Buffer.concat([
      Buffer.from(xml.replace('<my_status>', '<my_comments><![CDATA[ã ')),
      Buffer.from([0xe3, 0x81]),
      Buffer.from(']]></my_comments>'),
    ])
    const mended = Buffer.concat([
      Buffer.from(xml.slice(0, xml.indexOf('<my_status>'))),
      Buffer.from('<my_comments><![CDATA[ä½ '),
      Buffer.from([0xe3, 0x81]),
      Buffer.from(']]></my_comments>'),
      Buffer.from(xml.slice(xml.indexOf('<my_status>'))),
    ])
    expect(noted(await readUpload(mended, 'animelist.xml'))).toEqual(FILES['myanimelist/animelist_1.xml'])
    expect((await readUpload(damaged, 'animelist.xml')).ok).toBe(true)
  })

  it.each<[string, Buffer | string, RegExp]>([
    ['nothing', '', /^The file is empty\.$/],
    ['blanks', '  \n\t ', /^The file is empty\.$/],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), /neither text nor an archive/],
    ['a web page', '<!doctype html><html><body>Sign in</body></html>', /web page, not an export/],
    ['another service’s JSON', '{"bookmarks": [1, 2]}', /do not know this file/],
    ['a sheet without titles', 'a,b\n1,2\n', /do not know this file/],
    ['an empty JSON list', '[]', /list with nothing in it/],
    ['a header alone', 'title,year\n', /nothing below its first line/],
    ['JSON cut off', '[{"show": {"title": "Lan', /cut off in the middle/],
    ['JSON with a mistake', '[{"show": {"title": oops}}]', /JSON with a mistake/],
    ['XML with a bomb in it', '<!DOCTYPE a [<!ENTITY b "c">]><myanimelist/>', /XML of a kind we do not read/],
    ['gzip cut off', gzipSync('x'.repeat(1000)).subarray(0, 20), /gzip that is damaged/],
    ['gzip of gzip', gzipSync(gzipSync('title\nx\n')), /packed twice/],
    ['more than 20 MB', Buffer.alloc(20_000_001, 'a'), /larger than 20 MB/],
    [
      '5,001 titles',
      `title\n${Array.from({ length: 5001 }, (_, i) => `Show no ${i}`).join('\n')}`,
      /more than 5,000 titles/,
    ],
  ])('that is %s is refused with a sentence', async (_, content, sentence) => {
    const reading = await readUpload(Buffer.from(content), 'file')
    expect(reading.ok).toBe(false)
    expect(!reading.ok && reading.message).toMatch(sentence)
  })

  const shared = join(
    process.env.GREENLIT_SHARED ?? join(import.meta.dirname, '../../../shared'),
    'data/imports',
  )
  it.runIf(existsSync(shared))(
    'of the collected samples is imported or refused with a sentence, every one',
    async () => {
      const happened: string[] = []
      for (const file of listsIn(shared)) {
        const reading = await readUpload(readFileSync(join(shared, file)), file)
        happened.push(
          `${file} → ${reading.ok ? `${reading.service}: ${reading.rows.length} titles, ${reading.unreadable.length} rows not taken` : reading.message}`,
        )
        if (!reading.ok) {
          expect(reading.message, file).toMatch(/^[A-Z“].{20,}\.$/)
          expect(reading.message, file).not.toMatch(/do not know this file/)
        } else {
          expect(reading.service, file).not.toBe('A list of titles')
          expect(reading.rows.length + reading.unreadable.length, file).toBeGreaterThan(0)
          for (const { reason } of reading.unreadable) expect(reason, file).toMatch(/^[A-Z].+\.$/)
        }
      }
      console.log(happened.join('\n'))
    },
  )
})
