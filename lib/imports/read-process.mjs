// The process is started as plain Node; what it runs is TypeScript.
import { register } from 'tsx/esm/api'

register()
await import('./read-process.ts')
