/**
 * What a show's poster looks like, from its facts alone: its genres set the motif, its title the composition,
 * its year the palette. The same facts always give the same poster; no chance and no clock take part.
 */
import { hashText, pick } from './hash'
import { motifOf, motifsOf, type PosterSubject } from './motif-rules'
import type { Motif } from './motifs'
import { type PosterLine, wrapTitle } from './title'

/** A shape of the ground: an ink (a–d) and a path in the 200 × 300 sheet. */
export type GroundShape = [ink: 'a' | 'b' | 'c' | 'd', path: string]
/** A motif's place: its centre, its size in units, a turn in degrees, mirrored or not, and its ink order (0–4). */
export interface Stamp {
  x: number
  y: number
  size: number
  turn: number
  mirrored: boolean
  inks: number
}

/** A poster fit to be drawn. */
export interface PosterDesign {
  motif: Motif
  palette: number
  layout: number
  ground: GroundShape[]
  stamps: Stamp[]
  lines: PosterLine[]
  /** The ink of the title: t on open ground, u on the dark. */
  type: 't' | 'u'
  /** BCP 47 language of the title's script, null for Latin. */
  lang: string | null
  /** Two posters with one signature look alike but for their titles. */
  signature: string
}

/** How many compositions, and palettes per era, there are. */
export const LAYOUTS = 12
const PALETTES_PER_ERA = 3
const ERA_ENDS = [1974, 1989, 1999, 2007, 2013, 2017, 2020, 2023]
/** How many palettes poster.css defines. */
export const PALETTES = (ERA_ENDS.length + 1) * PALETTES_PER_ERA

/** The palette of a show's years; without a year the title chooses one. */
export function paletteOf(year: number | null, hash: number): number {
  if (year === null) return hash % PALETTES
  const found = ERA_ENDS.findIndex((end) => year <= end)
  const era = found === -1 ? ERA_ENDS.length : found
  return era * PALETTES_PER_ERA + (hash % PALETTES_PER_ERA)
}

interface Sheet {
  ground: GroundShape[]
  stamps: Stamp[]
  /** The box the title may fill, and the edge it hangs from. */
  title: { x: number; y: number; width: number; height: number; edge: 'top' | 'bottom' }
  type: 't' | 'u'
}

const circle = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0-${2 * r} 0`
const BOTTOM = { x: 14, y: 200, width: 172, height: 86, edge: 'bottom' as const }
const TOP = { x: 14, y: 14, width: 172, height: 86, edge: 'top' as const }

/** Draws composition `layout`; the other numbers vary it within itself. */
function sheetOf(layout: number, turn: number, mirrored: boolean, swap: number): Sheet {
  const stamp = (x: number, y: number, size: number, inks = swap, extra: Partial<Stamp> = {}): Stamp => ({
    x,
    y,
    size,
    turn,
    mirrored,
    inks,
    ...extra,
  })
  // Inks 2 and 3 are for a motif on a field of b or c, 4 for one on d.
  const onField = swap === 0 ? 2 : 3
  const field = swap === 0 ? 'b' : 'c'
  const other = swap === 0 ? 'c' : 'b'
  const side = mirrored ? 1 : -1
  const sheets: (() => Sheet)[] = [
    // A low sun behind the motif.
    () => ({
      ground: [[other, circle(100 + side * 22, 96, 82)]],
      stamps: [stamp(100 + side * 10, 104, 128, swap === 0 ? 5 : 6)],
      title: BOTTOM,
      type: 't',
    }),
    // The motif too large for its sheet.
    () => ({ ground: [], stamps: [stamp(100 - side * 34, 210, 232)], title: TOP, type: 't' }),
    // One broad field, the motif cut from paper on it.
    () => ({
      ground: [[field, 'M0 0h200v190H0z']],
      stamps: [stamp(100, 96, 146, onField)],
      title: BOTTOM,
      type: 't',
    }),
    // A slope.
    () => ({
      ground: [[field, mirrored ? 'M0 0h200v120L0 214z' : 'M0 0h200v214L0 120z']],
      stamps: [stamp(100 - side * 24, 88, 132, onField)],
      title: BOTTOM,
      type: 't',
    }),
    // Three in a column, one of them the odd one.
    () => ({
      ground: [[field, mirrored ? 'M118 0h82v300h-82z' : 'M0 0h82v300H0z']],
      stamps: [50, 150, 250].map((y, i) =>
        stamp(mirrored ? 159 : 41, y, 64, i === 1 ? 7 : onField, { turn: 0 }),
      ),
      title: { x: mirrored ? 12 : 94, y: 14, width: 96, height: 260, edge: 'top' },
      type: 't',
    }),
    // Four windows.
    () => ({
      ground: [
        [field, 'M14 14h82v88H14zM104 110h82v88h-82z'],
        [other, 'M104 14h82v88h-82zM14 110h82v88H14z'],
      ],
      stamps: [
        stamp(55, 58, 62, onField, { turn: 0 }),
        stamp(145, 58, 62, onField === 2 ? 3 : 2, { turn: 0, mirrored: !mirrored }),
        stamp(55, 154, 62, onField === 2 ? 3 : 2, { turn: 0, mirrored: !mirrored }),
        stamp(145, 154, 62, onField, { turn: 0 }),
      ],
      title: { ...BOTTOM, y: 208, height: 80 },
      type: 't',
    }),
    // An arch.
    () => ({
      ground: [[field, 'M26 214V96a74 74 0 0 1 148 0v118z']],
      stamps: [stamp(100, 132, 118, onField, { turn: turn / 2 })],
      title: { ...BOTTOM, y: 222, height: 66 },
      type: 't',
    }),
    // Bars with a round hole.
    () => ({
      ground: [
        [field, [0, 1, 2, 3, 4].map((i) => `M${i * 44 - 10} 0h22v196h-22z`).join('')],
        ['a', circle(100, 98, 74)],
      ],
      stamps: [stamp(100, 98, 104)],
      title: BOTTOM,
      type: 't',
    }),
    // Standing on the horizon, in the dark half the title.
    () => ({
      ground: [
        ['d', 'M0 196h200v104H0z'],
        [other, circle(100 - side * 46, 60, 34)],
      ],
      stamps: [stamp(100 + side * 8, 122, 148, swap, { turn: 0 })],
      title: { ...BOTTOM, y: 208, height: 80 },
      type: 'u',
    }),
    // Rings going out.
    () => ({
      ground: [
        [other, circle(100, 196, 130)],
        ['a', circle(100, 196, 108)],
        [field, circle(100, 196, 86)],
      ],
      stamps: [stamp(100, 196, 98, onField)],
      title: { ...TOP, height: 56 },
      type: 't',
    }),
    // Night sheet.
    () => ({
      ground: [['d', 'M0 0h200v300H0z']],
      stamps: [stamp(100 + side * 14, 196, 170, 4)],
      title: TOP,
      type: 'u',
    }),
    // Steps of two fields.
    () => ({
      ground: [
        [field, mirrored ? 'M0 110h100v95H0z' : 'M100 110h100v95H100z'],
        [other, mirrored ? 'M100 205h100v95H100z' : 'M0 205h100v95H0z'],
      ],
      stamps: [
        stamp(mirrored ? 50 : 150, 157, 78, onField, { turn: 0 }),
        stamp(mirrored ? 150 : 50, 252, 78, onField === 2 ? 3 : 2, { turn: 0 }),
      ],
      title: { ...TOP, height: 82 },
      type: 't',
    }),
  ]
  return pick(sheets, layout)()
}

const SCRIPTS: [RegExp, string][] = [
  [/\p{Script=Hangul}/u, 'ko'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Han}/u, 'und-Hani'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Devanagari}/u, 'hi'],
]

/** Scripts whose letters have one width, or stand alone: they can be set without asking a font. */
const MEASURED = new Set(['ko', 'ja', 'zh', 'und-Hani', 'ru'])
const HAN_READ_AS: Record<string, string> = {
  Japan: 'ja',
  'South Korea': 'ko',
  China: 'zh',
  Taiwan: 'zh',
  'Hong Kong': 'zh',
}

/**
 * The language (BCP 47) a title's script tells, null for Latin. Han characters alone are read as the country
 * reads them; without a country they are Han of no known language.
 */
export function languageOf(title: string, country: string | null = null): string | null {
  const found = SCRIPTS.find(([pattern]) => pattern.test(title))?.[1] ?? null
  return found === 'und-Hani' ? (HAN_READ_AS[country ?? ''] ?? found) : found
}

/** The poster of a show; a neighbour may leave it another drawing, and `shift` moves it to another composition. */
export function posterOf(show: PosterSubject, motif = motifOf(show), shift = 0): PosterDesign {
  // An original title in Latin letters adds nothing on a cover; one in a script we can measure is the cover.
  const script = show.originalTitle && languageOf(show.originalTitle)
  const native = script && MEASURED.has(script) ? show.originalTitle : null
  const title = native ?? show.title
  const hash = hashText(`${show.title}|${show.year ?? ''}|${show.slug}`)
  const layout = (hash + shift) % LAYOUTS
  const palette = paletteOf(show.year, hash >>> 5)
  const turn = ([-14, -8, 0, 0, 8, 14] as const)[(hash >>> 9) % 6] as number
  const mirrored = ((hash >>> 13) & 1) === 1
  const swap = (hash >>> 15) & 1
  const sheet = sheetOf(layout, turn, mirrored, swap)
  return {
    motif,
    palette,
    layout,
    ground: sheet.ground,
    stamps: sheet.stamps,
    lines: wrapTitle(title, sheet.title),
    type: sheet.type,
    lang: languageOf(title, /anim/i.test(show.kind) ? 'Japan' : null),
    signature: [motif, layout, palette, turn, mirrored ? 1 : 0, swap].join('.'),
  }
}

/** What a found show's poster is drawn from; from its name alone where nothing more is at hand. */
export const coverSubject = ({
  slug,
  title,
  year,
  show,
}: Pick<PosterSubject, 'slug' | 'title' | 'year'> & { show: PosterSubject | null }): PosterSubject =>
  show ?? { slug, title, year, originalTitle: null, genres: [], kind: 'scripted' }

/** In a wall of so many columns or fewer, no two covers beside or under each other carry one drawing. */
export const APART = 6

interface Drawn {
  motifs: Motif[]
  designs: Map<string, PosterDesign>
}

// The rows of shows that lists share (lib/lists/kept-rows) are drawn in many of them, and always from the same facts.
const drawn = new WeakMap<PosterSubject, Drawn>()

/** What was worked out of a show's poster before, for as long as the show itself is kept. */
function drawnOf(show: PosterSubject): Drawn {
  const before = drawn.get(show)
  if (before) return before
  const now = { motifs: motifsOf(show), designs: new Map() }
  drawn.set(show, now)
  return now
}

function designOf(show: PosterSubject, motif: Motif | undefined, shift: number): PosterDesign {
  const { designs } = drawnOf(show)
  const key = `${motif} ${shift}`
  const design = designs.get(key) ?? posterOf(show, motif, shift)
  designs.set(key, design)
  return design
}

/**
 * The posters of a list: each carries the drawing that suits it best of those that none of the last `APART` has, and
 * moves to another composition where the one before shares composition and palette.
 */
export function posterRow(shows: PosterSubject[]): PosterDesign[] {
  const row: PosterDesign[] = []
  for (const show of shows) {
    const near = new Set(row.slice(-APART).map(({ motif }) => motif))
    const motif = drawnOf(show).motifs.find((one) => !near.has(one))
    const own = designOf(show, motif, 0)
    const before = row.at(-1)
    row.push(before && alike(before, own) ? designOf(show, motif, 1) : own)
  }
  return row
}

const alike = (one: PosterDesign, two: PosterDesign) =>
  one.layout === two.layout && one.palette === two.palette
