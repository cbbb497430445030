// `npm start` (and `npm run dev`). Works on a fresh clone, so nothing here may come from a package.
import { whyNodeTooOld } from './node-version.mjs'

const tooOld = whyNodeTooOld(process.versions.node)
if (tooOld) {
  console.error(tooOld)
  process.exit(1)
}
import('./start.mjs').then((start) => start.main(process.argv.slice(2)))
