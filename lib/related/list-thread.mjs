// A thread begins without the loader for TypeScript that the process was started with.
import { register } from 'tsx/esm/api'

register()
await import('./list-thread.ts')
