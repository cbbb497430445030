import { MOTIFS } from './motifs'
import type { PosterDesign } from './rules'

/**
 * A cover as SVG text, without its lettering, which nobody could read at the size of a row: for scripts that draw
 * suggestions. Nothing in it is anybody's text; its colours are those of poster.css.
 */
export function posterMarkup(design: PosterDesign): string {
  const drawing = MOTIFS[design.motif].map(([ink, path]) => {
    const [, line, colour, width] = /^(s?)([abcdk])([\d.]*)$/.exec(ink) ?? []
    return line
      ? `<path class="s${colour}" stroke-width="${width || 6}" d="${path}"/>`
      : `<path class="f${colour}" d="${path}"/>`
  })
  const stamps = design.stamps.map(
    ({ x, y, size, turn, mirrored, inks }) =>
      `<use href="#s-${design.motif}" class="i${inks}" width="${size}" height="${size}" transform="translate(${x} ${y})${
        turn ? `rotate(${turn})` : ''
      }${mirrored ? 'scale(-1 1)' : ''}translate(${-size / 2} ${-size / 2})"/>`,
  )
  return [
    `<svg class="poster p${design.palette}" viewBox="0 0 200 300" aria-hidden="true">`,
    `<symbol id="s-${design.motif}" viewBox="0 0 100 100" overflow="visible">${drawing.join('')}</symbol>`,
    ...design.ground.map(([ink, path]) => `<path class="f${ink}" d="${path}"/>`),
    ...stamps,
    '</svg>',
  ].join('')
}
