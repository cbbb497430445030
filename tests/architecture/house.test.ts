import { describe, expect, test } from 'vitest'
import { PLACES, PRIVATE_PLACES } from '@/lib/edge/places'
import { code, files, imports, read, roomOf } from '../support/imports'
import { ring } from '../support/rooms'

/** What a file pulls in at run time, itself included, following our own files. */
function reach(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const { target, typeOnly } of imports.filter((i) => i.file === file)) {
    if (typeOnly) continue
    const own = code.find((candidate) => candidate.replace(/\.(ts|tsx|mjs)$/, '') === target)
    if (own) reach(own, seen)
    else seen.add(target)
  }
  return seen
}

/** The names, numbers and keywords a file may hold: about 400 lines as they are usually laid out. */
const WORDS_MAX = 1980

/** Names, numbers and keywords in code; comments are not counted, since they are what makes length bearable. */
const wordsIn = (text: string) =>
  (text.replace(/^\s*(?:\/\*[\s\S]*?\*\/|\/\/.*$)/gm, '').match(/[\p{L}\p{N}_$]+/gu) ?? []).length

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

/** Rules, types, and every file that says so at its head; the status room and the mathematics as a whole. */
const saysPure = (file: string) =>
  /^lib\/(status|learning)\//.test(file) ||
  /^lib\/.*\/(rules|types)\.ts$/.test(file) ||
  (file.startsWith('lib/') && /\bpure\b/i.test(/^\/\*\*[\s\S]*?\*\//.exec(read(file))?.[0] ?? ''))

/** What starts a house asks the site it started, on this machine. */
const isLauncher = (file: string) => file.startsWith('lib/launcher/')

/** The rooms that call other rooms' commands; beside them only app does. */
const CALLS_COMMANDS = ['jobs', 'cli', 'launcher']

const isPersonal = (file: string) => ['api', ...PRIVATE_PLACES].includes(file.split('/')[1] ?? '')

describe('the house keeps its plan', () => {
  test('the top level holds what was agreed and nothing else', () => {
    const allowed =
      /^(app|db|lib|public|tests|patches|\.ci|drizzle\.config\.ts|next\.config\.ts|next-env\.d\.ts|package\.json|package-lock\.json|tsconfig\.json|biome\.json|vitest\.config\.ts|playwright\.config\.ts|instrumentation\.ts|docs|Dockerfile|compose\.yaml|\.dockerignore|(README|ARCHITECTURE|CONTRIBUTING|SECURITY|CHANGELOG)\.md|LICENSE|\.npmrc|\.gitignore|\.gitattributes|\.env\.example)$/
    expect(
      [...new Set(files.map((file) => file.split('/')[0]!))].filter((name) => !allowed.test(name)),
    ).toEqual([])
  })

  test('what people see never reaches into the database: app asks the rooms', () => {
    expect(
      imports.filter((i) => i.file.startsWith('app/') && i.target.startsWith('db/') && !i.typeOnly),
    ).toEqual([])
  })

  test('app holds no rules of its own and borrows none: rooms answer with finished values', () => {
    expect(
      imports.filter((i) => i.file.startsWith('app/') && /^lib\/.*\/rules$/.test(i.target) && !i.typeOnly),
    ).toEqual([])
  })

  test('imports run one way, app to lib to db', () => {
    const upward = imports.filter(
      (i) =>
        (i.file.startsWith('lib/') && i.target.startsWith('app/')) ||
        (i.file.startsWith('db/') && /^(app|lib)\//.test(i.target) && !i.typeOnly),
    )
    expect(upward).toEqual([])
  })

  test('what is pure stays pure: no database, network, file, framework, clock or chance', () => {
    const impure = (name: string) =>
      /^(server-only|next|react|postgres|drizzle-orm|nodemailer|graphile-worker|node:)|^db\//.test(name) &&
      // Hashing, parting addresses and paths ask nobody; the words of the schema are plain lists.
      !/^(node:(crypto|net|path|url)|db\/schema\/words(\.ts)?)$/.test(name)
    const asks = /\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(|\brandom(?:Bytes|UUID)\(/
    const own = code.filter(saysPure)
    expect(own.length).toBeGreaterThan(100)
    for (const file of own) {
      expect([...reach(file)].filter(impure), `${file} must stay pure`).toEqual([])
      expect(asks.test(withoutComments(read(file))), `${file} must be given time and chance`).toBe(false)
    }
  })

  test('rooms stand in one order: from none does a way lead back to itself', () => {
    expect(ring).toEqual([])
  })

  test('a file that only reads or reckons never writes, and who opens a transaction is a command', () => {
    const writes =
      /\b(insert into|delete from|update \w+ set|update \$\{|truncate )|db\(\)\s*\.(insert|update|delete)\(|\binsertRows\(/i
    const reading = code.filter(
      (file) =>
        /^lib\/.*(queries|types|rules)\.ts$/.test(file) || (file.startsWith('lib/') && saysPure(file)),
    )
    expect(reading.filter((file) => writes.test(withoutComments(read(file))))).toEqual([])

    // What writes without opening a transaction is a part of its caller's, and may be used by the rooms above.
    const command = (file: string) => /\btransaction\(/.test(withoutComments(read(file)))
    const foreign = imports.filter(({ file, target, typeOnly }) => {
      const [room, own] = [roomOf(file), code.find((name) => name.replace(/\.(ts|mjs)$/, '') === target)]
      return room && own && !typeOnly && roomOf(own) && roomOf(own) !== room && command(own)
    })
    expect(foreign.length).toBeGreaterThan(0)
    expect(foreign.filter(({ file }) => !CALLS_COMMANDS.includes(roomOf(file)!))).toEqual([])
  })

  test('the hold belongs to the ledger and knows nothing of how readers are told', () => {
    expect([...reach('lib/ledger/hold.ts')].filter((name) => name.startsWith('lib/notices/'))).toEqual([])
  })

  test('reads and writes stay on the server', () => {
    for (const file of code.filter((name) => /^lib\/.*\/(queries|commands)\.ts$/.test(name)))
      expect(read(file).startsWith("import 'server-only'"), `${file} begins with import 'server-only'`).toBe(
        true,
      )
  })

  test('no barrels: every name is imported from the file that makes it', () => {
    expect(code.filter((file) => /\/index\.tsx?$/.test(file))).toEqual([])
    expect(code.filter((file) => /export \* from/.test(read(file)))).toEqual([])
  })

  test('no layer in front of the pages decides who may see what', () => {
    expect(files.filter((file) => /^(app\/|src\/)?(proxy|middleware)\.(ts|js|mjs)$/.test(file))).toEqual([])
  })

  test('pages that leave without React have nothing that React would have to wake', () => {
    // That one says where React wakes.
    const isWoken = (file: string) =>
      file !== 'app/_components/awake.tsx' && code.includes(file) && read(file).startsWith("'use client'")
    const pages = code.filter((file) => /^app\/(.*\/)?(page|layout)\.tsx$/.test(file))
    const woken = pages.filter((page) => [...reach(page)].some(isWoken))
    expect(woken.length).toBeGreaterThan(0)
    expect(woken.filter((page) => !isPersonal(page))).toEqual([])
  })

  test('public pages and the layouts above them know nothing of who is asking', () => {
    const asks = code.filter(
      (file) =>
        file.startsWith('app/') &&
        !isPersonal(file) &&
        !file.startsWith('app/_') &&
        (/from 'next\/headers'/.test(read(file)) ||
          /lib\/(accounts\/(auth|queries|viewer)|follows\/basket)/.test(read(file))),
    )
    expect(asks).toEqual([])
  })

  test('every route on disk has a place with its methods and bounds, and every place a route or a file', () => {
    const parts: Record<string, string> = { '[...nextauth]': '{rest}' }
    const onDisk = code.flatMap((file) => {
      const route = /^app\/(?:(.*)\/)?(page|route|opengraph-image|robots|manifest|sitemap)\.tsx?$/.exec(file)
      if (!route) return []
      const [, folder = '', kind] = route
      const path = folder
        .split('/')
        .filter(Boolean)
        .map((part) => parts[part] ?? part.replace(/^\[(\w+)\]$/, '{$1}'))
      const names: Record<string, string> = {
        'opengraph-image': 'opengraph-image',
        robots: 'robots.txt',
        manifest: 'manifest.webmanifest',
      }
      if (names[kind!]) path.push(names[kind!]!)
      // Two shows in one address: the second part is named for what it is beside the first.
      const pattern = `/${path.join('/')}`.replace('/suggest/{related}', '/suggest/{slug}')
      const methods =
        kind === 'route'
          ? [...read(file).matchAll(/export (?:const|async function|function) (GET|POST)\b/g)].map(
              ([, method]) => method!,
            )
          : ['GET']
      return [{ file, pattern, methods: methods.toSorted() }]
    })
    const own = onDisk.filter(({ pattern }) => !pattern.includes('{rest}'))
    for (const { file, pattern, methods } of own)
      expect(
        PLACES.find((place) => place.pattern === pattern)?.methods.toSorted(),
        `${file} at ${pattern}`,
      ).toEqual(methods)
    const nextAuth = ['/api/auth/session', '/api/auth/callback/{provider}']
    for (const { pattern, kind } of PLACES)
      if (kind !== 'file' && !nextAuth.includes(pattern))
        expect(own.map((route) => route.pattern)).toContain(pattern)
  })

  test('one door to the outside: only lib/shared/http fetches from other sites', () => {
    const fetching = code.filter(
      (file) => file.startsWith('lib/') && !isLauncher(file) && /(?<![.\w])fetch\(/.test(read(file)),
    )
    expect(fetching.filter((file) => file !== 'lib/shared/http.ts')).toEqual([])
    const network = /^(node:(https?|http2|net|tls|dgram)|undici)$/
    const dialling = imports.filter(
      (i) => /^(app|lib)\//.test(i.file) && !isLauncher(i.file) && network.test(i.target) && !i.typeOnly,
    )
    // What the others import reads addresses, or answers instead of asking.
    const doors = [
      'lib/shared/http.ts',
      'lib/shared/outbound-address.ts',
      'lib/shared/peer.ts',
      'lib/edge/server.ts',
      'lib/edge/render.ts',
    ]
    expect(read('lib/edge/server.ts')).not.toMatch(/\b(?:request|get|connect)\(['"`{]/)
    expect(read('lib/edge/render.ts')).not.toMatch(/\.connect\(/)
    expect(dialling.filter(({ file }) => !doors.includes(file))).toEqual([])
    expect(code.filter((file) => /\bsendNotification\b/.test(read(file)))).toEqual([])
  })

  test('no file holds more code than a reader will bear, however it is laid out', () => {
    expect(code.filter((file) => wordsIn(read(file)) > WORDS_MAX)).toEqual([])
    const part = `/** Who they are. */\nconst them = {\n  ana: 1,\n  bo: 2,\n}\n`
    const packed = 'const them = { ana: 1, bo: 2 }'
    expect(wordsIn(part)).toBe(wordsIn(packed))
    expect(wordsIn(part.repeat(WORDS_MAX / 6))).toBe(WORDS_MAX)
    expect(wordsIn(part.repeat(WORDS_MAX / 6 + 1))).toBeGreaterThan(WORDS_MAX)
  })
})
