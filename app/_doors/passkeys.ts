/** Where the doors of passkeys send a reader: to their passkeys. */
export const PASSKEYS = { href: '/settings#passkeys', label: 'Back to your passkeys' }
