/** Turning a learned score into a chance (Platt 1999): a straight line through the log-odds. Pure. */

/** The chance of a score `s` is the logistic function of `slope * s + intercept`. */
export interface Scale {
  slope: number
  intercept: number
}

/** The chance of a score, 0 to 1. */
export const chance = ({ slope, intercept }: Scale, score: number) =>
  1 / (1 + Math.exp(-(slope * score + intercept)))

const STEPS_MAX = 100
/** A little ridge, so that outcomes which a score tells apart without fail do not drive the slope out of sight. */
const RIDGE = 1e-3

/** How unlikely the outcomes are on a scale, and the way down from there. */
function descent(scores: ArrayLike<number>, labels: ArrayLike<boolean>, scale: Scale) {
  let loss = (RIDGE / 2) * scale.slope ** 2
  let [g0, g1, h00, h01, h11] = [0, -RIDGE * scale.slope, RIDGE, 0, RIDGE]
  for (let i = 0; i < scores.length; i++) {
    const s = scores[i]!
    const p = chance(scale, s)
    const miss = (labels[i] ? 1 : 0) - p
    const spread = p * (1 - p)
    loss -= Math.log(Math.max(labels[i] ? p : 1 - p, 1e-300))
    g0 += miss
    g1 += miss * s
    h00 += spread
    h01 += spread * s
    h11 += spread * s * s
  }
  const determinant = h00 * h11 - h01 * h01
  return { loss, up: (h11 * g0 - h01 * g1) / determinant, tilt: (h00 * g1 - h01 * g0) / determinant }
}

/** The scale on which the outcomes of these scores are likeliest (Newton's method, a step halved where it overshoots). */
export function scaleOf(scores: ArrayLike<number>, labels: ArrayLike<boolean>): Scale {
  let scale: Scale = { slope: 0, intercept: 0 }
  let here = descent(scores, labels, scale)
  for (let step = 0, length = 1; step < STEPS_MAX && length > 1e-6; step++) {
    const next = { slope: scale.slope + length * here.tilt, intercept: scale.intercept + length * here.up }
    const there = descent(scores, labels, next)
    if (there.loss > here.loss) length /= 2
    else {
      const gain = here.loss - there.loss
      ;[scale, here, length] = [next, there, 1]
      if (gain < 1e-9) break
    }
  }
  return scale
}
