/**
 * Covers as SVG text. Pure. A list has a thousand shapes, which as text cost a page nothing and as elements most of the
 * time it is made in. The lettering is escaped; all else is numbers and drawings of our own, in the inks of poster.css.
 */
import { escapeHtml } from '@/lib/shared/text'
import { MOTIFS, type Motif } from './motifs'
import type { PosterDesign } from './rules'

/** The drawing of a motif, to be stamped from `id`. */
function symbolOf(motif: Motif, id: string): string {
  const shapes = MOTIFS[motif].map(([ink, path]) => {
    const [, line, colour, width] = /^(s?)([abcdk])([\d.]*)$/.exec(ink) ?? []
    return line
      ? `<path class="s${colour}" stroke-width="${width || 6}" d="${path}"/>`
      : `<path class="f${colour}" d="${path}"/>`
  })
  return `<symbol id="${id}" viewBox="0 0 100 100" overflow="visible">${shapes.join('')}</symbol>`
}

const groundAndStamps = ({ ground, stamps }: PosterDesign, id: string) =>
  [
    ...ground.map(([ink, path]) => `<path class="f${ink}" d="${path}"/>`),
    ...stamps.map(
      ({ x, y, size, turn, mirrored, inks }) =>
        `<use href="#${id}" class="i${inks}" width="${size}" height="${size}" transform="translate(${x} ${y})${
          turn ? `rotate(${turn})` : ''
        }${mirrored ? 'scale(-1 1)' : ''}translate(${-size / 2} ${-size / 2})"/>`,
    ),
  ].join('')

const idOnPage = (motif: Motif) => `m-${motif}`

/** The drawings these covers stamp, each once: what `sheetMarkup` on the same page refers to. */
export const inksMarkup = (designs: PosterDesign[]): string =>
  [...new Set(designs.map(({ motif }) => motif))].map((motif) => symbolOf(motif, idOnPage(motif))).join('')

/** What is on a cover's sheet; `wordless` is without its lettering. */
export function sheetMarkup(design: PosterDesign, wordless: boolean): string {
  const drawn = groundAndStamps(design, idOnPage(design.motif))
  if (wordless) return drawn
  const { type, lang, lines } = design
  const about = `${lang ? ` lang="${lang}"` : ''}${lines[0] ? ` font-size="${lines[0].size}"` : ''}`
  const words = lines.map(({ x, y, text }) => `<tspan x="${x}" y="${y}">${escapeHtml(text)}</tspan>`)
  return `${drawn}<text class="f${type}"${about}>${words.join('')}</text>`
}

/** A whole cover that needs nothing of its page, wordless: for scripts that draw suggestions. */
export function posterMarkup(design: PosterDesign): string {
  const id = `s-${design.motif}`
  const inside = symbolOf(design.motif, id) + groundAndStamps(design, id)
  return `<svg class="poster p${design.palette}" viewBox="0 0 200 300" aria-hidden="true">${inside}</svg>`
}
