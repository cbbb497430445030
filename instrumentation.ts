/** Runs once when a web process starts, before it answers anything. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { stampPeers } = await import('./lib/shared/peer')
  stampPeers()
  const { steerMalformedAddresses } = await import('./lib/shared/malformed')
  steerMalformedAddresses()
  const { keepReadOnly } = await import('./lib/shared/read-only')
  keepReadOnly()
  // While pages are being written, Next's runtime brings what changed.
  if (process.env.NODE_ENV === 'production') {
    const { servePlainPages } = await import('./lib/shared/plain-pages')
    servePlainPages()
  }
  // Not awaited: the first pages need no search.
  import('./lib/search/queries').then(({ warmSearch }) => warmSearch())
}
