import type { Instrumentation } from 'next'

/** Runs once when a web process starts, before it answers anything. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  // Not awaited: a database that is away keeps no page from being answered.
  import('./lib/operations/site-address')
    .then(({ noteSiteUrl }) => noteSiteUrl())
    .catch(async (error) =>
      (await import('./lib/shared/log')).log.warn('site-address-not-written', { error }),
    )
  // Nor this: the first pages need no search.
  import('./lib/search/queries').then(({ warmSearch }) => warmSearch())
}

/** Which route a failure belongs to; its cause and place stand in the line before, under the same digest. */
export const onRequestError: Instrumentation.onRequestError = async (error, _request, context) => {
  const { log } = await import('./lib/shared/log')
  const { digest } = error as { digest?: string }
  log.error('page-failed', { route: context.routePath, kind: context.routeType, digest })
}
