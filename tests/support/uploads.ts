/** Files made to break whoever reads them, and the requests that bring files. */
const MILLION = 1_000_000
const SITE = 'https://greenlit.test'

/** Texts of up to 19 MB that a parser would pay for with seconds or gigabytes, and what is said of each. */
export const HOSTILE_LISTS: { name: string; text: () => string; says: RegExp }[] = [
  { name: 'commas', text: () => ','.repeat(19 * MILLION), says: /Row 1 .* 1,000 fields/ },
  {
    name: 'six million columns',
    text: () => `title${',a'.repeat(6 * MILLION)}\nDark`,
    says: /Row 1 .* 1,000 fields/,
  },
  { name: 'one line', text: () => `title\n${'a'.repeat(19 * MILLION)}`, says: /Row 2 .* million characters/ },
  { name: 'nested JSON lists', text: () => '['.repeat(9 * MILLION), says: /20 deep/ },
  { name: 'nested JSON objects', text: () => '{"a":'.repeat(2 * MILLION), says: /20 deep/ },
  { name: 'wide JSON', text: () => `[${'[],'.repeat(6 * MILLION)}[]]`, says: /four million values/ },
  { name: 'a million attributes', text: () => `<a ${'b="1" '.repeat(MILLION)}/>`, says: /100 attributes/ },
  {
    name: 'elements of 90 attributes',
    text: () => `<l>${`<a ${'b="1" '.repeat(90)}/>`.repeat(6_000)}</l>`,
    says: /500,000 attributes/,
  },
  { name: 'nested XML', text: () => '<a>'.repeat(2 * MILLION), says: /20 deep/ },
  { name: 'XML elements', text: () => `<a>${'<b/>'.repeat(300_000)}</a>`, says: /250,000 elements/ },
]

const times = (count: number, one: (i: number) => string, between = '') =>
  Array.from({ length: count }, (_, i) => one(i)).join(between)

/** Lists as large as the largest people have: years of episodes, thousands of titles. */
export const HONEST_LISTS: { name: string; text: () => string }[] = [
  {
    name: 'a history of Trakt',
    text: () =>
      `[${times(
        48_000,
        (i) =>
          JSON.stringify({
            id: 9_000_000_000 + i,
            watched_at: '2021-03-01T20:00:00.000Z',
            action: 'watch',
            type: 'episode',
            episode: {
              season: i % 9,
              number: i % 20,
              title: `Episode ${i}`,
              ids: { trakt: i, tvdb: i, tmdb: i },
            },
            show: {
              title: `Show ${i % 900}`,
              year: 2015,
              ids: { trakt: (i % 900) + 1, slug: `show-${i % 900}`, tvdb: 880_000 + (i % 900), tvrage: null },
            },
          }),
        ',',
      )}]`,
  },
  {
    name: 'an archive of TV Time',
    text: () =>
      `key,s_id,series_name,season_number,s_no,user_id,is_followed,is_archived,created_at,updated_at,ep_id,ep_no,uuid\n${times(
        99_000,
        (i) =>
          `watch-episode-${i},${880_000 + (i % 900)},"Night, and Day ${i % 900}",${i % 9},${i % 9},12345678,,,2020-01-01 10:00:00,2020-01-01 10:00:00,${i},${i % 20},5f0c6a1e-7f1d-4a77-8a55-0242ac120002\n`,
      )}`,
  },
  {
    name: 'MyAnimeList, 4,900 titles',
    text: () =>
      `<?xml version="1.0"?><myanimelist>${times(
        4_900,
        (i) =>
          `<anime><series_animedb_id>${i + 1}</series_animedb_id><series_title><![CDATA[Title ${i}]]></series_title><series_type>TV</series_type><my_status>Completed</my_status>${times(18, (n) => `<my_field_${n}>0</my_field_${n}>`)}</anime>`,
      )}</myanimelist>`,
  },
  {
    name: 'Plex, 10,000 episodes',
    text: () =>
      `<MediaContainer size="1">${times(
        10_000,
        (i) =>
          `<Video ratingKey="${i}" type="episode" title="E ${i}" grandparentTitle="Show ${i % 800}" summary="${'words and more '.repeat(30)}" ${times(16, (n) => `field${n}="1"`, ' ')}><Media id="1"><Part id="1" file="/tv/${i}.mkv"/></Media><Director tag="A"/><Writer tag="B"/></Video>`,
      )}</MediaContainer>`,
  },
  {
    name: '4,900 titles by name',
    text: () => `title,year\n${times(4_900, (i) => `A Title of ${i},2015\n`)}`,
  },
]

const BOUNDARY = 'TestBoundary7'

/** The body of a form with one file. */
export const formBody = (bytes: Buffer, fileName = 'list.csv'): Buffer =>
  Buffer.concat([
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    ),
    bytes,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ])

const PIECE_BYTES = 65_536

/** A request that brings a form's body as the network does: piece by piece, with others in between. */
export function sending(body: Buffer, headers: Headers = new Headers({ Origin: SITE })): Request {
  headers.set('Content-Type', `multipart/form-data; boundary=${BOUNDARY}`)
  headers.set('Content-Length', String(body.length))
  let at = 0
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await new Promise((resolve) => setImmediate(resolve))
        if (at >= body.length) return controller.close()
        controller.enqueue(new Uint8Array(body.subarray(at, at + PIECE_BYTES)))
        at += PIECE_BYTES
      },
    },
    { highWaterMark: 0 },
  )
  const init = { method: 'POST', headers, body: stream, duplex: 'half' }
  return new Request(`${SITE}/api/me/imports`, init as RequestInit)
}
