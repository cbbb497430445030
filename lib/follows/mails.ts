/** What the mail says that asks whether an address wants to follow; pure. */
import { escapeHtml } from '@/lib/shared/text'
import { followWish, type Wait, waitName } from '@/lib/status/waiting'

const NAMED_MAX = 20

/** The confirmation mail. Its link changes nothing by being opened; the page behind it has a button. */
export function optInMail({ link, site, seasons }: { link: string; site: string; seasons: Wait[] }): {
  subject: string
  text: string
  html: string
} {
  const host = new URL(site).host
  const named = seasons.slice(0, NAMED_MAX).map(waitName)
  const more = seasons.length > NAMED_MAX ? [`and ${seasons.length - NAMED_MAX} more`] : []
  const lead = `Somebody, hopefully you, asked Greenlit (${host}) to tell this address when something changes about:`
  const how =
    'The link works for two days. Nothing is followed and nothing more is sent before you press the button behind it.'
  const not = 'If it was not you, do nothing.'
  const list = [...named, ...more]
  return {
    subject:
      seasons.length === 1
        ? `Do you want to ${followWish(seasons[0]!)}? Confirm your address`
        : `Follow ${seasons.length} seasons? Confirm your address`,
    text: `${lead}\n\n${list.map((one) => `  ${one}`).join('\n')}\n\nOpen this link and press the button there:\n${link}\n\n${how}\n\n${not}\n`,
    html: [
      '<!doctype html><html lang="en"><body style="font:16px/1.5 sans-serif;max-width:36em;margin:2em auto;padding:0 1em">',
      `<p>${escapeHtml(lead)}</p><ul>${list.map((one) => `<li>${escapeHtml(one)}</li>`).join('')}</ul>`,
      `<p><a href="${escapeHtml(link)}">Open the page to confirm</a> and press the button there.</p>`,
      `<p>${escapeHtml(how)}</p><p>${escapeHtml(not)}</p>`,
      '</body></html>',
    ].join('\n'),
  }
}
