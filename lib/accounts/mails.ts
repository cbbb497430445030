/** What our sign-in mail says; pure. */

import { escapeHtml } from '@/lib/shared/text'

/**
 * The mail that signs somebody in. The link changes nothing by being opened; the page behind it has a button.
 * @param minutes how long the link still works
 */
export function signInMail({ link, site, minutes }: { link: string; site: string; minutes: number }): {
  subject: string
  text: string
  html: string
} {
  const host = new URL(site).host
  const lines = {
    lead: `Somebody, hopefully you, asked to sign in to Greenlit (${host}) with this address.`,
    how: `The link works for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, once, in the browser that asked. In another browser it shows a code to type in the first one.`,
    not: 'If it was not you, do nothing: without this link nobody gets in. Never pass the link or its code on.',
  }
  return {
    subject: 'Sign in to Greenlit',
    text: `${lines.lead}\n\nOpen this link and press the button there:\n${link}\n\n${lines.how}\n\n${lines.not}\n`,
    html: [
      '<!doctype html><html lang="en"><body style="font:16px/1.5 sans-serif;max-width:36em;margin:2em auto;padding:0 1em">',
      `<p>${escapeHtml(lines.lead)}</p>`,
      `<p><a href="${escapeHtml(link)}">Open the sign-in page</a> and press the button there.</p>`,
      `<p>${escapeHtml(lines.how)}</p><p>${escapeHtml(lines.not)}</p>`,
      '</body></html>',
    ].join('\n'),
  }
}
