import { corrections } from '../../list'

/** A place in the list of corrections that this site never gave out. */
export default corrections.NoSuchPlace
