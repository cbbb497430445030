/** Files are read beside the process that answers people: bounds on memory, time and number, and nobody waits long. */
import { afterAll, describe, expect, it, vi } from 'vitest'
import { fileDoor, type SentFile } from '@/app/_doors/file-door'
import { boundaryOf, withoutContents } from '@/app/_doors/multipart'
import { endReaders, readApart, readLimits } from '@/lib/imports/apart'
import { Places } from '@/lib/imports/places'
import { readUpload } from '@/lib/imports/read'
import { watchStalls } from '../support/stall'
import { formBody, HOSTILE_LISTS, sending } from '../support/uploads'

process.env.AUTH_URL = 'https://greenlit.test'
const LIST = Buffer.from('title,year\nLantern Street,2019\n')
/** Small enough for every bound, and far more than the memory a reader of these tests gets. */
const OBJECTS = Buffer.from(`[${'{"a":1},'.repeat(1_200_000)}{}]`)
const LONG_SHEET = Buffer.from(`title\n${'Lantern Street\n'.repeat(90_000)}`)

// Each reader that starts is a Node of its own.
vi.setConfig({ testTimeout: 120_000 })
afterAll(endReaders)

describe('a file read apart', () => {
  it('is read as it is here, also when several come at once', async () => {
    const files = [LIST, Buffer.from('no list'), Buffer.from('')]
    const readings = await Promise.all(files.slice(0, 2).map((bytes) => readApart(bytes, 'list.csv')))
    for (const bytes of files.slice(2)) readings.push(await readApart(bytes, 'list.csv'))
    expect(readings).toEqual(files.map((bytes) => readUpload(bytes, 'list.csv')))
  })

  it('that needs more memory than is allowed ends its reader with a sentence, and the next file is read', async () => {
    const killed = await readApart(OBJECTS, 'list.json', { heapMb: 48, timeMs: 60_000 })
    expect(killed).toEqual({
      ok: false,
      message: expect.stringMatching(/^Reading the file takes more memory/),
    })
    expect(await readApart(LIST, 'list.csv')).toMatchObject({ ok: true })
  })

  it('that takes longer than is allowed ends its reader with a sentence, and the next file is read', async () => {
    const killed = await readApart(LONG_SHEET, 'list.csv', { heapMb: 192, timeMs: 20 })
    expect(killed).toEqual({
      ok: false,
      message: expect.stringMatching(/^Reading the file took longer than/),
    })
    expect(await readApart(LIST, 'list.csv')).toMatchObject({ ok: true })
  })

  it('has the limits an operator sets, and the usual ones where that is nonsense', () => {
    expect(readLimits({ GREENLIT_IMPORT_MB: '64', GREENLIT_IMPORT_SECONDS: '0.5' })).toEqual({
      heapMb: 64,
      timeMs: 500,
    })
    for (const text of ['', '0', '-1', 'much'])
      expect(readLimits({ GREENLIT_IMPORT_MB: text, GREENLIT_IMPORT_SECONDS: text })).toEqual(readLimits({}))
  })
})

describe('places', () => {
  const taken = async (places: Places) => (await places.take())!

  it('are as many as there are; who comes later waits in line, and a place is given on once', async () => {
    const places = new Places({ places: 2, waitingMax: 2, waitMs: 60_000 })
    const [first, second] = [await taken(places), await taken(places)]
    const order: string[] = []
    const third = places.take().then((leave) => {
      order.push('third')
      return leave!
    })
    const fourth = places.take().then((leave) => {
      order.push('fourth')
      return leave!
    })
    expect(await places.take(), 'the line is full').toBe(null)
    first()
    first() // twice is once
    ;(await third)()
    await fourth
    expect(order).toEqual(['third', 'fourth'])
    second()
    expect(await places.take()).not.toBe(null)
  })

  it('are not waited for without end', async () => {
    const places = new Places({ places: 1, waitingMax: 2, waitMs: 1 })
    const leave = await taken(places)
    expect(await places.take()).toBe(null)
    leave()
    expect(await places.take()).not.toBe(null)
  })
})

describe('a form with a file', () => {
  const parted = (body: Buffer, bytesMax = 16_384) =>
    withoutContents(body, boundaryOf(sending(body).headers.get('content-type')!)!, bytesMax)

  /** What a door makes of a request. */
  async function received(request: Request): Promise<SentFile | null | number> {
    let sent: SentFile | null | undefined
    const keep = fileDoor(
      'file',
      async (_request, file) => {
        sent = file
        return new Response()
      },
      { fileBytesMax: 20_000_000 },
    )
    const answer = await keep(request, {})
    return sent === undefined ? answer.status : sent
  }

  const asForm = (...files: [field: string, value: File | string][]) => {
    const form = new FormData()
    for (const [field, value] of files) form.append(field, value)
    return new Request('https://greenlit.test/', {
      method: 'POST',
      headers: { Origin: 'https://greenlit.test' },
      body: form,
    })
  }

  it('gives its file byte for byte, whatever is in it and however long it is', async () => {
    const contents = [
      '',
      'a',
      '\r\n',
      '\r\n--TestBoundary',
      `--TestBoundary7\r\n\r\n${'x'.repeat(3_000)}`,
      '\r\n\r\n'.repeat(700),
      'é'.repeat(100_000),
    ]
    for (const content of contents) {
      const bytes = Buffer.from(content)
      const file = (await received(sending(formBody(bytes, 'a “list”.csv')))) as SentFile
      expect(file.name).toBe('a “list”.csv')
      expect(Buffer.from(file.bytes).equals(bytes), JSON.stringify(content.slice(0, 30))).toBe(true)
      const other = (await received(asForm(['file', new File([bytes], 'x.csv')]))) as SentFile
      expect(Buffer.from(other.bytes).equals(bytes)).toBe(true)
    }
  })

  it('gives the first file of that name, among other fields long and short', async () => {
    const long = 'y'.repeat(5_000)
    const request = asForm(
      ['note', long],
      ['file', new File([long], 'first.csv')],
      ['other', new File(['z'], 'other.csv')],
      ['file', new File(['z'.repeat(2_000)], 'second.csv')],
    )
    const file = (await received(request)) as SentFile
    expect([file.name, Buffer.from(file.bytes).toString()]).toEqual(['first.csv', long])
    expect(await received(asForm(['file', 'text'], ['file', new File(['z'], 'z')]))).toBe(null)
    expect(await received(asForm(['file', new File([], '')]))).toBe(null)
    expect(await received(asForm(['fil', new File(['z'], 'z')]))).toBe(null)
  })

  it('of a million parts, or that is none, is refused', async () => {
    const part = '--TestBoundary7\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
    const many = Buffer.from(`${part.repeat(200_000)}--TestBoundary7--\r\n`)
    expect(parted(many)).toBe(null)
    expect(await received(sending(many))).toBe(413)
    for (const nonsense of ['', 'x', 'x'.repeat(10_000), '--TestBoundary7', part])
      expect(await received(sending(Buffer.from(nonsense))), nonsense.slice(0, 20)).toBe(400)
  })
})

describe('while five hostile files are read at once', () => {
  it('nobody else waits for long', { timeout: 120_000 }, async () => {
    const bodies = [...HOSTILE_LISTS, ...HOSTILE_LISTS]
      .filter(({ name }) => /commas|lists|columns|attributes/.test(name))
      .slice(0, 5)
      .map(({ text, says }) => ({ body: formBody(Buffer.from(text())), says }))
    const places = new Places({ places: 2, waitingMax: 6, waitMs: 60_000 })
    const bring = fileDoor(
      'file',
      async (_request, file) => {
        const leave = (await places.take())!
        const reading = await readApart(file!.bytes, file!.name, { heapMb: 192, timeMs: 120_000 })
        leave()
        return new Response('message' in reading ? reading.message : 'read')
      },
      { fileBytesMax: 20_000_000 },
    )
    // One that was started before, so that the files are what is measured.
    await readApart(LIST, 'list.csv')
    const stalls = watchStalls()
    const answers = await Promise.all(
      bodies.map(async ({ body, says }) => ({ says, text: await (await bring(sending(body), {})).text() })),
    )
    const { longestMs } = stalls()
    for (const { text, says } of answers) expect(text).toMatch(says)
    // Below 200 ms by far; in one go the first of these files alone took four seconds.
    expect(longestMs).toBeLessThan(500)
  })
})
