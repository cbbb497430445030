/** Runs once when a web process starts, before it answers anything. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  // Not awaited: the first pages need no search.
  import('./lib/search/queries').then(({ warmSearch }) => warmSearch())
}
