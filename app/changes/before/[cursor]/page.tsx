import { changes } from '../../list'

export const generateMetadata = changes.earlierHead

/** Changes before a place in the list. */
export default changes.Earlier
