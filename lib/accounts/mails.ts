/** What our sign-in mail says; pure. */
import { buttonLink, mailBody } from '@/lib/mail/shell'

/**
 * The mail that signs somebody in. The link changes nothing by being opened; the page behind it has a button.
 * @param minutes how long the link still works
 */
export function signInMail({ link, site, minutes }: { link: string; site: string; minutes: number }) {
  const lead = `Somebody, hopefully you, asked to sign in to Greenlit (${new URL(site).host}) with this address.`
  const how = `The link works for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, once, in the browser that asked. In another browser it shows a code to type in the first one.`
  const not =
    'If it was not you, do nothing: without this link nobody gets in. Never pass the link or its code on.'
  const blocks = [
    { lines: [lead] },
    { links: [buttonLink(link, 'Open the sign-in page')] },
    { lines: [how] },
    { lines: [not] },
  ]
  return { subject: 'Sign in to Greenlit', ...mailBody({ site, blocks }) }
}
