import { MOTIFS, type Motif } from './motifs'
import type { PosterDesign } from './rules'

/** The drawings a page's posters stamp, once a page: place it before the first poster. */
export function PosterInks({ designs }: { designs: PosterDesign[] }) {
  const motifs = [...new Set(designs.map((design) => design.motif))]
  return (
    <svg className="posterInks" aria-hidden="true">
      {motifs.map((motif) => (
        <symbol key={motif} id={`m-${motif}`} viewBox="0 0 100 100" overflow="visible">
          <Drawing motif={motif} />
        </symbol>
      ))}
    </svg>
  )
}

function Drawing({ motif }: { motif: Motif }) {
  return MOTIFS[motif].map(([ink, path]) => {
    const [, line, colour, width] = /^(s?)([abcdk])([\d.]*)$/.exec(ink) ?? []
    return line ? (
      <path key={ink + path} className={`s${colour}`} strokeWidth={width || 6} d={path} />
    ) : (
      <path key={ink + path} className={`f${colour}`} d={path} />
    )
  })
}

/**
 * A show's cover, drawn by us. Decorative: the title stands beside it in every place it is used. As small as in a row
 * (`wordless`) it goes without its lettering, which nobody could read.
 */
export function Poster({
  design,
  className,
  wordless = false,
}: {
  design: PosterDesign
  className?: string
  wordless?: boolean
}) {
  return (
    <svg
      className={`poster p${design.palette}${className ? ` ${className}` : ''}`}
      viewBox="0 0 200 300"
      aria-hidden="true"
    >
      {design.ground.map(([ink, path]) => (
        <path key={path} className={`f${ink}`} d={path} />
      ))}
      {design.stamps.map((stamp) => (
        <use
          key={`${stamp.x},${stamp.y}`}
          href={`#m-${design.motif}`}
          className={`i${stamp.inks}`}
          width={stamp.size}
          height={stamp.size}
          transform={`translate(${stamp.x} ${stamp.y})${stamp.turn ? `rotate(${stamp.turn})` : ''}${
            stamp.mirrored ? 'scale(-1 1)' : ''
          }translate(${-stamp.size / 2} ${-stamp.size / 2})`}
        />
      ))}
      {!wordless && (
        <text className={`f${design.type}`} lang={design.lang ?? undefined} fontSize={design.lines[0]?.size}>
          {design.lines.map((line) => (
            <tspan key={line.y} x={line.x} y={line.y}>
              {line.text}
            </tspan>
          ))}
        </text>
      )}
    </svg>
  )
}
