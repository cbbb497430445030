import { viewerOf } from '@/lib/accounts/queries'
import type { Follower } from '@/lib/follows/types'

/** Who sent a request to a door that serves whoever follows; null for nobody. */
export const followerOf = (headers: Headers): Promise<Follower | null> => viewerOf(headers)

/** Where a door sends a reader it does not know. */
export const TO_SIGN_IN = { href: '/sign-in?returnTo=/settings', label: 'Sign in' }
