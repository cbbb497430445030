/** Where a door sends a reader it does not know. */
export const TO_SIGN_IN = { href: '/sign-in?returnTo=/settings/notices', label: 'Sign in' }
