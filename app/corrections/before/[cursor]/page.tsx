import { corrections } from '../../list'

export const generateMetadata = corrections.earlierHead

/** Corrections before a place in the list. */
export default corrections.Earlier
