/**
 * The rooms of lib in the order in which they stand, measured from the imports:
 *   npm run docs:rooms      writes the table into ARCHITECTURE.md; what a room is for is kept as it stands there
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { code, imports, read, roomOf, root } from './imports'

const DOCUMENT = 'ARCHITECTURE.md'
const BEGIN = '<!-- rooms: written by npm run docs:rooms -->'
const END = '<!-- rooms end -->'

/** A room and the rooms it imports from. */
interface Room {
  name: string
  /** Imported when the code runs. */
  uses: string[]
  /** Of these only types are imported. */
  usesTypesOf: string[]
}

const names = [...new Set(code.flatMap((file) => roomOf(file) ?? []))].toSorted()

const between = imports.flatMap(({ file, target, typeOnly }) => {
  const [from, to] = [roomOf(file), roomOf(target)]
  return from && to && from !== to ? [{ from, to, typeOnly }] : []
})

const rooms: Room[] = names.map((name) => {
  const own = between.filter(({ from }) => from === name)
  const uses = names.filter((to) => own.some((i) => i.to === to && !i.typeOnly))
  return {
    name,
    uses,
    usesTypesOf: names.filter((to) => !uses.includes(to) && own.some((i) => i.to === to)),
  }
})

/** The rooms that can be reached from one, types included; itself only where a way leads back to it. */
function reached(from: string, seen = new Set<string>()): Set<string> {
  const room = rooms.find(({ name }) => name === from)
  for (const next of [...(room?.uses ?? []), ...(room?.usesTypesOf ?? [])]) {
    if (seen.has(next)) continue
    seen.add(next)
    reached(next, seen)
  }
  return seen
}
const ways = new Map(names.map((name) => [name, reached(name)]))
const ringOf = (name: string) =>
  names.filter((other) => ways.get(name)!.has(other) && ways.get(other)!.has(name))

/** The rooms from each of which a way leads to all others: no order holds between them. */
export const ring = names.filter((name) => ringOf(name).length > 0)

/** 1 for a room that imports no other; the rooms of one ring stand on one floor. */
function floorOf(name: string): number {
  const own = [name, ...ringOf(name)]
  const below = names.filter((to) => !own.includes(to) && own.some((n) => ways.get(n)!.has(to)))
  return 1 + Math.max(0, ...below.map(floorOf))
}

/** The document with the table of rooms as the imports have it now. A room without a purpose has `?`. */
export function withRooms(document: string): string {
  const purposes = new Map(
    [...document.matchAll(/^\| \d+ \| `lib\/([\w-]+)` \| (.+?) \|/gm)].map(([, name, purpose]) => [
      name,
      purpose,
    ]),
  )
  const tied = new Set(between.map(({ from, to }) => [from, to].toSorted().join(' '))).size
  const rows = rooms
    .map((room) => ({ ...room, floor: floorOf(room.name) }))
    .toSorted((a, b) => a.floor - b.floor || a.name.localeCompare(b.name))
    .map(({ name, uses, usesTypesOf, floor }) => {
      const all = [...uses, ...usesTypesOf.map((to) => `*${to}*`)]
      return `| ${floor} | \`lib/${name}\` | ${purposes.get(name) ?? '?'} | ${all.join(', ') || '–'} |`
    })
  const inRing =
    ring.length > 0
      ? `**${ring.length} of ${names.length} rooms form a ring**, each reaching the others: ${ring.join(', ')}.`
      : `No rooms of the ${names.length} form a ring.`
  const table = [
    BEGIN,
    `${inRing} Of ${(names.length * (names.length - 1)) / 2} pairs of rooms, ${tied} are tied by an import.`,
    '',
    '| floor | room | what it is for | imports from |',
    '| --- | --- | --- | --- |',
    ...rows,
    END,
  ].join('\n')
  return document.replace(new RegExp(`${BEGIN}[\\s\\S]*?${END}`), () => table)
}

if (process.argv[1] === import.meta.filename) writeFileSync(join(root, DOCUMENT), withRooms(read(DOCUMENT)))
