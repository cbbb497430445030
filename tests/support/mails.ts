/** Reading, in a journey, the mail that the site really sent. */
import { expect } from '@playwright/test'

/** One received mail. */
export type ReceivedMail = {
  to: string[]
  from: string
  receivedAt: string
  /** The whole message as sent. */
  raw: string
  /** The message with its transfer encodings undone, headers included. */
  text: string
  /** Every http(s) address in it, in order, without repeats. */
  links: string[]
}

/** Undoes quoted-printable and base64 bodies well enough to read words and links in them. */
function decode(raw: string): string {
  const parts = raw.split(/\r?\n\r?\n/)
  return parts
    .map((part, index) => {
      const head = parts[index - 1] ?? ''
      if (/content-transfer-encoding:\s*base64/i.test(head)) {
        return Buffer.from(part.split(/\r?\n--/)[0]!, 'base64').toString('utf8')
      }
      if (!/content-transfer-encoding:\s*quoted-printable/i.test(raw)) return part
      return part
        .replace(/=\r?\n/g, '')
        .replace(/(?:=[0-9A-F]{2})+/g, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'))
    })
    .join('\n\n')
}

function read(mail: Omit<ReceivedMail, 'text' | 'links'>): ReceivedMail {
  const text = decode(mail.raw)
  const links = [...text.matchAll(/https?:\/\/[^\s"'<>)\]]+/g)].map(([link]) => link.replaceAll('&amp;', '&'))
  return { ...mail, text, links: [...new Set(links)] }
}

/** All mail to an address so far, oldest first. */
export async function mailsTo(address: string): Promise<ReceivedMail[]> {
  const answer = await fetch(`${process.env.MAILS_URL}/mails?to=${encodeURIComponent(address)}`)
  return ((await answer.json()) as Omit<ReceivedMail, 'text' | 'links'>[]).map(read)
}

/** All mail to an address, once enough has come. */
export async function mailsOnce(
  address: string,
  enough: (mails: ReceivedMail[]) => boolean,
): Promise<ReceivedMail[]> {
  let mails: ReceivedMail[] = []
  const arrived = async () => {
    mails = await mailsTo(address)
    return enough(mails)
  }
  await expect.poll(arrived, { message: `mail to ${address}`, timeout: 30_000 }).toBe(true)
  return mails
}

/** The latest mail to an address, once at least `count` have come. */
export const latestMailTo = async (address: string, count = 1): Promise<ReceivedMail> =>
  (await mailsOnce(address, ({ length }) => length >= count)).at(-1)!
