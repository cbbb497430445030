/** S5: a forged host never reaches a link. */
import { describe, expect, it } from 'vitest'
import * as mailDoor from '@/app/api/auth/mail/route'
import { db } from '@/db/client'
import { mail } from '@/db/schema/outbox'
import { openMail } from '@/lib/mail/body'
import { Browser, forgetLimits, SITE } from '../support/readers'

const EVIL = 'evil.example'
const FORGED: Record<string, string>[] = [
  { Host: EVIL },
  { Host: `greenlit.test@${EVIL}` },
  { Host: `greenlit.test.${EVIL}` },
  { Host: `${EVIL}:443` },
  { Host: `greenlit.test, ${EVIL}` },
  { 'X-Forwarded-Host': EVIL },
  { 'X-Forwarded-Host': `greenlit.test, ${EVIL}` },
  { 'X-Forwarded-Host': `${EVIL}, greenlit.test` },
  { 'X-Forwarded-Proto': 'http' },
  { 'X-Forwarded-Proto': 'javascript' },
  { 'X-Forwarded-Port': '8080' },
  { 'X-Forwarded-Server': EVIL },
  { 'X-Forwarded-Prefix': `//${EVIL}` },
  { Forwarded: `host=${EVIL};proto=http` },
  { Forwarded: `for=1.1.1.1;host=${EVIL}` },
  { 'X-Host': EVIL },
  { 'X-Original-Host': EVIL },
  { 'X-Original-URL': `https://${EVIL}/` },
  { 'X-Rewrite-URL': `https://${EVIL}/` },
  { Host: EVIL, 'X-Forwarded-Host': EVIL, 'X-Forwarded-Proto': 'http', Referer: `https://${EVIL}/` },
]

describe('a sign-in mail', () => {
  it('leads to this site under twenty forged hosts', async () => {
    for (const forged of FORGED) {
      await forgetLimits()
      const answer = await new Browser().post(
        mailDoor,
        '/api/auth/mail',
        { email: 'ana@greenlit.test' },
        forged,
      )
      expect(answer.status).toBe(200)
      expect(await answer.text()).not.toContain(EVIL)
    }
    const letters = (await db().select().from(mail)).map((row) => openMail(row)!)
    expect(letters).toHaveLength(FORGED.length)
    for (const { text, html, messageId } of letters) {
      const links = [...`${text} ${html}`.matchAll(/https?:\/\/[^\s"<]+/g)].map(([link]) => new URL(link))
      // The link that signs in, as text and in HTML, and the site's name above it.
      expect(links).toHaveLength(3)
      for (const link of links) expect(link.origin).toBe(SITE)
      expect(text + html + messageId).not.toContain(EVIL)
    }
  })
})
