/** What an account holds, as its export names it, in words: said wherever a reader is told what we keep. Pure. */
export const HOLDINGS = {
  reader: 'your address with the days you came and last looked',
  follows: 'the seasons you follow',
  verdicts: 'the shows you have seen or waved off',
  pairs_named: 'what you name beside a show and why',
  wanted: 'the shows you wait for that are not here yet',
  imported_rows: 'the lists you brought (for a month)',
  preferences: 'what you want to be told and when',
  channels: 'how you are reached',
  notices: 'what you were told',
  mails: 'the mails we wrote to you',
  sign_in_requests: 'the sign-in links you asked for',
  mail_confirmations: 'what you asked for by mail alone',
  sessions: 'where you are signed in',
  passkeys: 'your passkeys',
  linked_accounts: 'the outside accounts you sign in with',
} as const satisfies Record<string, string>

/** A part of what an account holds. */
export type Holding = keyof typeof HOLDINGS

/** All of it as one list in a sentence. */
export const HOLDINGS_IN_WORDS = new Intl.ListFormat('en-GB').format(Object.values(HOLDINGS))
