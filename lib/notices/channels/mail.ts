import type { GatheringKind } from './kind'

/** The mail address a reader signs in with; `keys` hold nothing. Added wherever an address begins to follow (mail-channel.ts). */
export const mail: GatheringKind = {
  kind: 'mail',
  words: { heading: 'Mail', many: 'Mail', told: 'by mail' },
  whenNone: 'Mails go to the address you sign in with.',
  isMachine: false,
  isAddressSecret: false,
  lineOf: ({ address }) => ({ label: address, phrase: `mail to ${address}` }),
  gathers: true,
}
