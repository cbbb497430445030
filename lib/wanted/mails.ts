/** What the mails about shows that are not here say; pure. */
import { escapeHtml } from '@/lib/shared/text'

const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
const page = (parts: string[]) =>
  [
    '<!doctype html><html lang="en"><body style="font:16px/1.5 sans-serif;max-width:36em;margin:2em auto;padding:0 1em">',
    ...parts,
    '</body></html>',
  ].join('\n')

interface Words {
  subject: string
  text: string
  html: string
}

/**
 * Asks an address whether it wants to be told when a show is here. Opening its link changes nothing; the page behind it
 * has a button.
 */
export function wantedOptInMail({ link, site, words }: { link: string; site: string; words: string }): Words {
  const host = new URL(site).host
  const name = `“${oneLine(words)}”`
  const lead = `Somebody, hopefully you, asked Greenlit (${host}) to tell this address, once, when a show called ${name} is in its catalogue.`
  const how =
    'The link works for two days. Nothing is kept and nothing more is sent before you press the button behind it.'
  const not = 'If it was not you, do nothing.'
  return {
    subject: `Tell you when ${name} is here? Confirm your address`,
    text: `${lead}\n\nOpen this link and press the button there:\n${link}\n\n${how}\n\n${not}\n`,
    html: page([
      `<p>${escapeHtml(lead)}</p>`,
      `<p><a href="${escapeHtml(link)}">Open the page to confirm</a> and press the button there.</p>`,
      `<p>${escapeHtml(how)}</p><p>${escapeHtml(not)}</p>`,
    ]),
  }
}

/** A show that came, for whoever waited for it. */
export interface CameShow {
  /** What was asked for. */
  words: string
  slug: string
  title: string
  year: number | null
  network: string | null
  answer: string | null
}

/** Tells a reader that what they waited for is here. */
export function wantedCameMail({
  shows,
  site,
  unsubscribeToken,
}: {
  shows: CameShow[]
  site: string
  unsubscribeToken: string
}): Words & { headers: Record<string, string> } {
  const lines = shows.map(({ words, slug, title, year, network, answer }) => {
    const facts = [year, network].filter(Boolean).join(', ')
    const name = `${oneLine(title)}${facts ? ` (${oneLine(facts)})` : ''}`
    const asked = oneLine(words) === oneLine(title) ? '' : ` You asked for “${oneLine(words)}”.`
    return {
      name,
      says: `${answer ? oneLine(answer) : 'It is in the catalogue.'}${asked}`,
      link: `${site}/shows/${slug}`,
    }
  })
  const why =
    'You get this because you asked to be told, once, when it is here. That is done: nothing more is sent about it. To hear of its next season, follow it on its page.'
  const off = `${site}/unsubscribe/${unsubscribeToken}`
  return {
    subject:
      lines.length === 1 ? `${lines[0]!.name} is here` : `${lines.length} shows you asked for are here`,
    text: `${lines.map(({ name, says, link }) => `${name}\n\n${says}\n\n${link}`).join('\n\n\n')}\n\n-- \n${why}\n\nNo more mail from Greenlit:\n${off}\n`,
    html: page([
      ...lines.map(
        ({ name, says, link }) =>
          `<h1 style="font-size:20px">${escapeHtml(name)}</h1><p>${escapeHtml(says)}</p><p><a href="${escapeHtml(link)}">Its page, with every source</a></p>`,
      ),
      `<hr><p>${escapeHtml(why)}</p><p><a href="${escapeHtml(off)}">No more mail from Greenlit</a></p>`,
    ]),
    headers: {
      // RFC 8058, as every mail of ours.
      'List-Unsubscribe': `<${site}/api/unsubscribe/${unsubscribeToken}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  }
}
