import { refuse } from './answer'

/** What a client hears that has begun too many lists without an account. */
export function noMoreBaskets(request: Request, back: { href: string; label: string }): Response {
  return refuse(request, 429, 'Too many lists were begun from here. Try again in an hour, or sign in.', {
    retryAfterSeconds: 3600,
    back,
  })
}
