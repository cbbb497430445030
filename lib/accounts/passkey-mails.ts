/** What the mail says that tells a reader that a passkey came or went; pure. */
import { mailBody } from '@/lib/mail/shell'

const minute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

/** The mail about a passkey that was added to an account, or removed from it. `device`: the browser that did it, in words. */
export function passkeyMail({
  change,
  at,
  device,
  site,
}: {
  change: 'added' | 'removed'
  at: Date
  device: string
  site: string
}) {
  const host = new URL(site).host
  const [where, what] =
    change === 'added'
      ? ['to', 'Whoever holds that passkey signs in to your account without a mail.']
      : ['from', 'It signs nobody in any more.']
  const lead = `On ${minute.format(at)} (UTC) a passkey was ${change} ${where} your account at Greenlit (${host}), in ${device.replace(/^An /, 'an ')}. ${what}`
  const mine = 'If it was you, there is nothing to do.'
  const not =
    'If it was not you, somebody else is signed in as you: open the settings, end all other sessions, and remove every passkey you do not know.'
  return {
    subject: `A passkey was ${change} ${where} your Greenlit account`,
    ...mailBody({
      site,
      blocks: [
        { lines: [lead] },
        { lines: [mine] },
        { lines: [not] },
        { links: [{ href: `${site}/settings`, label: 'Open the settings', above: null }] },
      ],
    }),
  }
}
