/** What the mails about shows that are not here say; pure. */
import { buttonLink, mailBody, oneClickHeaders, oneLine } from '@/lib/mail/shell'

/**
 * Asks an address whether it wants to be told when a show is here. Opening its link changes nothing; the page behind it
 * has a button.
 */
export function wantedOptInMail({ link, site, words }: { link: string; site: string; words: string }) {
  const host = new URL(site).host
  const name = `“${oneLine(words)}”`
  const lead = `Somebody, hopefully you, asked Greenlit (${host}) to tell this address, once, when a show called ${name} is in its catalogue.`
  const how =
    'The link works for two days. Nothing is kept and nothing more is sent before you press the button behind it.'
  const not = 'If it was not you, do nothing.'
  return {
    subject: `Tell you when ${name} is here? Confirm your address`,
    ...mailBody({
      site,
      blocks: [
        { lines: [lead] },
        { links: [buttonLink(link, 'Open the page to confirm')] },
        { lines: [how] },
        { lines: [not] },
      ],
    }),
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
}) {
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
    ...mailBody({
      site,
      blocks: lines.flatMap(({ name, says, link }) => [
        { heading: name },
        { lines: [says] },
        { links: [{ href: link, label: 'Its page, with every source', above: null }] },
      ]),
      foot: { why, links: [{ href: off, label: 'No more mail from Greenlit' }] },
    }),
    headers: oneClickHeaders(site, unsubscribeToken),
  }
}
