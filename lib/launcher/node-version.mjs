// Read by every Node there is, so that an old one can still say it is too old: no modern syntax here.

/**
 * @param {string} version as in process.versions.node
 * @returns {string | null} one sentence when this Node cannot run Greenlit, else null
 */
export function whyNodeTooOld(version) {
  const parts = version.split('.').map(Number)
  if (parts[0] > 20 || (parts[0] === 20 && parts[1] >= 19)) return null
  return (
    'Greenlit needs Node 20.19 or newer and this is Node ' +
    version +
    ': install a newer one from https://nodejs.org.'
  )
}
