import { corrections } from './list'

export const generateMetadata = corrections.newestHead

/** The newest corrections. */
export default corrections.Newest
