/** Archives: only the lists in them are opened, and none of them can do harm. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readUpload } from '@/lib/imports/read'
import { ENTRIES_MAX, listEntries, readEntry } from '@/lib/imports/zip'
import { type ZipFile, zipOf } from '../support/zip'

const fixture = (file: string) => readFileSync(join(import.meta.dirname, '../fixtures/imports', file))
const named = (folder: string, files: string[], inside = ''): ZipFile[] =>
  files.map((name) => ({ name: `${inside}${name}`, content: fixture(`${folder}/${name}`) }))

const GDPR = [
  'tracking-prod-records-v2.csv',
  'followed_tv_show.csv',
  'user_show_special_status.csv',
  'tracking-prod-records.csv',
]
const SECRET = 'secret-token-and-address'
/** What else lies in such an archive: none of it can be unpacked, and reading it would show. */
const TRAPS: ZipFile[] = [
  { name: 'gdpr-data/user.csv', content: SECRET, packedAs: Buffer.from('no deflate at all') },
  { name: 'gdpr-data/access_token.csv', content: `title\n${SECRET}\n` },
  { name: 'gdpr-data/ip_address.csv', content: SECRET, locked: true },
  { name: 'gdpr-data/devices.csv', content: SECRET, method: 99 },
  { name: 'gdpr-data/bomb.csv', content: 'x', packedAs: deflateRawSync(Buffer.alloc(30_000_000)) },
  { name: 'gdpr-data/huge.csv', content: 'x', claimedBytes: 0xfffffff0 },
  { name: '../../etc/passwd', content: SECRET },
]

const titles = async (archive: Buffer) => {
  const reading = await readUpload(archive, 'export.zip')
  return reading.ok ? reading.rows.map(({ title, state }) => `${title}, ${state}`) : reading.message
}

describe('an archive', () => {
  it('of TV Time is read whole, several rows of one show as one', async () => {
    const expected = [
      'Lantern Street, watching',
      'Old Specials, watching',
      'Winter Harbour, planned',
      'Hidden Hill, dropped',
      'Night, and Day, watching',
      'Left Long Ago, dropped',
      'the long film, watching',
    ]
    expect(await titles(zipOf(named('tvtime', GDPR)))).toEqual(expected)
    expect(await titles(zipOf(named('tvtime', GDPR, 'gdpr-data/')))).toEqual(expected)
  })

  it('gives away nothing of its other files: broken, locked or set as traps, they are never opened', async () => {
    const plain = await readUpload(zipOf(named('tvtime', GDPR, 'gdpr-data/')), 'gdpr.zip')
    const trapped = await readUpload(
      zipOf([...TRAPS, ...named('tvtime', GDPR, 'gdpr-data/'), ...TRAPS]),
      'gdpr.zip',
    )
    expect(trapped.ok && plain.ok && trapped.rows).toEqual(plain.ok && plain.rows)
    // What may be a list by its name is named, and not opened either.
    expect(trapped.ok && trapped.unreadable.map(({ reason }) => reason)).toEqual([
      'Not opened, since no list we know is called so: bomb.csv, huge.csv. Bring it by itself if it is a list.',
    ])
    expect(JSON.stringify(trapped)).not.toContain(SECRET)
  })

  it('of Trakt is read in both layouts, hidden shows left out, ratings of films not opened', async () => {
    const files = ['watched-shows.json', 'lists-watchlist.json', 'hidden-progress-watched.json']
    const expected = [
      'Lantern Street, watching',
      'Winter Harbour, planned',
      'A Film, completed',
      'Hidden Hill, hidden',
    ]
    expect(
      await titles(zipOf([...named('trakt', files), { name: 'ratings-movies.json', content: 'not JSON' }])),
    ).toEqual(expected)
    const older = [
      { name: 'watched/history-1.json', content: fixture('trakt/watched-history-1.json') },
      { name: 'lists/watchlist.json', content: fixture('trakt/lists-watchlist.json') },
      { name: 'user/profile.json', content: SECRET, locked: true },
    ]
    expect(await titles(zipOf(older))).toEqual([
      'Lantern Street, watching',
      'A Film, completed',
      'Winter Harbour, planned',
      'A Film, completed',
    ])
  })

  it('has every list of it read, and what cannot be read is named, whatever its files are called', async () => {
    const mixed = [
      { name: 'watched-shows.json', content: '[{"show":' },
      ...named('trakt', ['lists-watchlist.json']),
      { name: 'lists-for-autumn.json', content: fixture('trakt/lists-watchlist.json') },
      { name: 'my own.csv', content: 'title\nIron Well\n' },
    ]
    const reading = readUpload(zipOf(mixed), 'trakt.zip')
    expect(reading.ok && reading.rows.map(({ title }) => title)).toEqual(['Winter Harbour', 'A Film'])
    expect(reading.ok && reading.unreadable.map(({ reason }) => reason)).toEqual([
      '“watched-shows.json” in the archive: The file is JSON that is cut off in the middle.',
      'Not opened, since no list we know is called so: my own.csv. Bring it by itself if it is a list.',
    ])
    const own = [
      { name: 'lists/seen.csv', content: 'title,year\nIron Well,2018\n' },
      { name: 'lists/wished.txt', content: 'Paper Kite\nHidden Hill\n' },
      { name: 'lists/numbers.csv', content: 'a,b\n1,2\n' },
    ]
    expect(await titles(zipOf(own))).toEqual([
      'Iron Well, watching',
      'Paper Kite, watching',
      'Hidden Hill, watching',
    ])
    const seen = readUpload(zipOf(own), 'lists.zip')
    expect(seen.ok && seen.unreadable.map(({ title }) => title)).toEqual(['numbers.csv'])
  })

  it('of Letterboxd is told apart without opening it', async () => {
    const files = ['diary.csv', 'watched.csv', 'ratings.csv'].map((name) => ({
      name,
      content: SECRET,
      locked: true,
    }))
    expect(await titles(zipOf(files))).toMatch(/Letterboxd, which keeps films/)
  })

  it.each<[string, Buffer, RegExp]>([
    ['of secrets and traps', zipOf(TRAPS), /unpacks to more than we can read/],
    [
      'of secrets alone',
      zipOf(TRAPS.filter(({ name }) => /user|token|address|device|passwd/.test(name))),
      /none was opened/,
    ],
    ['with nothing in it', zipOf([]), /none was opened/],
    [
      'locked with a password',
      zipOf([{ name: 'followed_tv_show.csv', content: 'x', locked: true }]),
      /password/,
    ],
    [
      'that unpacks to far more than it is',
      zipOf([{ name: 'followed_tv_show.csv', content: Buffer.alloc(40_000_000, 'a') }]),
      /unpacks to more than we can read/,
    ],
    [
      'that lies about how much it unpacks to',
      zipOf([
        { name: 'followed_tv_show.csv', content: 'x', packedAs: deflateRawSync(Buffer.alloc(60_000_000)) },
      ]),
      /unpacks to more than we can read|damaged/,
    ],
    [
      'packed in an unknown way',
      zipOf([{ name: 'followed_tv_show.csv', content: 'x', method: 99 }]),
      /packed in a way we cannot read/,
    ],
    [
      'with a damaged list',
      zipOf([{ name: 'followed_tv_show.csv', content: 'x', packedAs: Buffer.from([1, 2, 3, 4]) }]),
      /“followed_tv_show.csv” in the archive is damaged/,
    ],
    ['cut off', zipOf(named('tvtime', GDPR)).subarray(0, 900), /damaged or cut off/],
    [
      'of 2,001 files',
      zipOf(Array.from({ length: ENTRIES_MAX + 1 }, (_, i) => ({ name: `${i}`, content: '' }))),
      /more than 2,000 files/,
    ],
    ['of empty lists', zipOf([{ name: 'watched-shows.json', content: '[]' }]), /are empty/],
    [
      'whose list is cut off inside',
      zipOf([{ name: 'watched-shows.json', content: '[{"show":' }]),
      /“watched-shows.json” in the archive: The file is JSON that is cut off/,
    ],
  ])('%s is refused with a sentence', async (_, archive, sentence) => {
    expect(await titles(archive)).toMatch(sentence)
  })

  it('gives an entry back byte for byte', () => {
    const content = Buffer.from('title\nLantern Street\n'.repeat(200))
    const archive = zipOf([
      { name: 'a.csv', content },
      { name: 'b.csv', content: 'b', packedAs: Buffer.from('b'), method: 0 },
    ])
    const entries = listEntries(archive)
    expect(entries.map(({ name }) => name)).toEqual(['a.csv', 'b.csv'])
    expect(entries.map((entry) => readEntry(archive, entry).toString())).toEqual([content.toString(), 'b'])
  })
})
