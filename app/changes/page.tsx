import { changes } from './list'

export const generateMetadata = changes.newestHead

/** The newest changes. */
export default changes.Newest
