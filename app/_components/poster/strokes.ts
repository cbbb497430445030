/** The pen our posters are drawn with. */

/**
 * A stroke: an ink and a path in a box of 100 × 100. Inks: b and c are the poster's two colours, d its dark,
 * k whatever lies beneath (to cut a hole); sb, sc, sd and sk draw the path as a line, a number after them is its width.
 */
export type Stroke = [ink: string, path: string]

/** A full circle as a path. */
export const disc = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0-${2 * r} 0`
/** Several circles as one path. */
export const discs = (...all: [number, number, number][]) => all.map((one) => disc(...one)).join('')

/** Points of a star with `n` rays between two radii, as a closed path. */
export function star(x: number, y: number, n: number, outer: number, inner: number): string {
  const points = Array.from({ length: n * 2 }, (_, i) => {
    const r = i % 2 ? inner : outer
    const a = (Math.PI * i) / n - Math.PI / 2
    return `${Math.round((x + r * Math.cos(a)) * 10) / 10} ${Math.round((y + r * Math.sin(a)) * 10) / 10}`
  })
  return `M${points.join('L')}z`
}
