import { changes } from '../../list'

/** A place in the list of changes that this site never gave out. */
export default changes.NoSuchPlace
