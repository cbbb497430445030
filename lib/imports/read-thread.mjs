// A thread begins without the loader for TypeScript that the process may have been started with.
import { register } from 'tsx/esm/api'

register()
await import('./read-thread.ts')
