/** Where the doors of passkeys send a reader: to their passkeys, or to sign in and come back to them. */
export const PASSKEYS = { href: '/settings#passkeys', label: 'Back to your passkeys' }
export const SIGN_IN_FOR_PASSKEYS = { href: '/sign-in?returnTo=/settings', label: 'Sign in' }
