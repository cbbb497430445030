/** Where a reader goes after signing in, and what they wanted there; pure. */

const RETURN_LENGTH_MAX = 512

/**
 * Where to go after signing in: a path of this site, else /following. Anything a browser could read as another
 * host (`//x`, `/\x`, control characters), and the doors under /api, are replaced, never repaired.
 */
export function safeReturnTo(text: string | null | undefined): string {
  const fallback = '/following'
  if (!text || text.length > RETURN_LENGTH_MAX || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) return fallback
  if (text.includes('\\')) return fallback
  const base = 'https://site.invalid'
  let url: URL
  try {
    url = new URL(text, base)
  } catch {
    return fallback
  }
  if (url.origin !== base || /^\/(api|sign-in)(\/|$)/.test(url.pathname) || url.pathname.startsWith('//'))
    return fallback
  return url.pathname + url.search + url.hash
}

/** A season somebody wanted to follow before signing in. */
export interface FollowIntent {
  slug: string
  number: number
}

/** The path that carries an intent through signing in: `/shows/kingdom?follow=3`. */
export function withFollowIntent({ slug, number }: FollowIntent): string {
  return `/shows/${slug}?follow=${number}`
}

/** The intent in a return path, if it carries one. */
export function followIntent(returnTo: string): FollowIntent | null {
  const match = /^\/shows\/([a-z0-9]+(?:-[a-z0-9]+)*)\?follow=([1-9]\d{0,3})$/.exec(returnTo)
  return match && match[1]!.length <= 120 ? { slug: match[1]!, number: Number(match[2]) } : null
}

/** Where a reader who is signed in by now goes on to: a follow they asked for before is done on the way there. */
export function onwardPath(text: string | null | undefined): string {
  const path = safeReturnTo(text)
  return followIntent(path) ? `/sign-in/finish?returnTo=${encodeURIComponent(path)}` : path
}
