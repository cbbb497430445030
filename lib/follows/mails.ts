/** What the mail says that asks whether an address wants to follow; pure. */
import { buttonLink, mailBody } from '@/lib/mail/shell'
import { followWish, type Wait, waitName } from '@/lib/status/waiting'

const NAMED_MAX = 20

/** The confirmation mail. Its link changes nothing by being opened; the page behind it has a button. */
export function optInMail({ link, site, seasons }: { link: string; site: string; seasons: Wait[] }) {
  const host = new URL(site).host
  const named = seasons.slice(0, NAMED_MAX).map(waitName)
  const more = seasons.length > NAMED_MAX ? [`and ${seasons.length - NAMED_MAX} more`] : []
  const lead = `Somebody, hopefully you, asked Greenlit (${host}) to tell this address when something changes about:`
  const how =
    'The link works for two days. Nothing is followed and nothing more is sent before you press the button behind it.'
  const not = 'If it was not you, do nothing.'
  return {
    subject:
      seasons.length === 1
        ? `Do you want to ${followWish(seasons[0]!)}? Confirm your address`
        : `Follow ${seasons.length} seasons? Confirm your address`,
    ...mailBody({
      site,
      blocks: [
        { lines: [lead] },
        { list: [...named, ...more] },
        { links: [buttonLink(link, 'Open the page to confirm')] },
        { lines: [how] },
        { lines: [not] },
      ],
    }),
  }
}
