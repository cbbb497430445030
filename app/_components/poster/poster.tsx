import { inksMarkup, sheetMarkup } from './markup'
import type { PosterDesign } from './rules'

/** The drawings a page's posters stamp, once a page: place it before the first poster. */
export function PosterInks({ designs }: { designs: PosterDesign[] }) {
  return (
    <svg
      className="posterInks"
      aria-hidden="true"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: drawings of our own (markup.ts)
      dangerouslySetInnerHTML={{ __html: inksMarkup(designs) }}
    />
  )
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
      // biome-ignore lint/security/noDangerouslySetInnerHtml: markup.ts escapes the lettering, the rest is our own
      dangerouslySetInnerHTML={{ __html: sheetMarkup(design, wordless) }}
    />
  )
}
