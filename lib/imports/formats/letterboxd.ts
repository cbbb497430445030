import type { Format } from '../types'
import { Rows } from './scalars'

/** What is said to whoever brings a Letterboxd file. */
export const LETTERBOXD_REFUSAL =
  'This is from Letterboxd, which keeps films. Greenlit follows series, so there is nothing in it to follow.'

/** Letterboxd keeps films only: its files are recognised, to say so. */
export const letterboxd: Format = {
  service: 'Letterboxd',
  sheet({ header }) {
    const banner = header[0]?.startsWith('letterboxd list export')
    return banner || header.includes('letterboxd uri') ? { ...new Rows(), refusal: LETTERBOXD_REFUSAL } : null
  },
}
