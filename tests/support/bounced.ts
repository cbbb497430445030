/** Mails that come back, as mail servers write them. */

interface Told {
  /** The mail as it was sent, or its headers alone. */
  original: string
  recipient: string
  status?: string
  action?: string
  said?: string
  /** How the mail comes back: whole (Postfix) or its headers alone (many others). */
  returned?: 'message/rfc822' | 'text/rfc822-headers'
  /** In base64, as some gateways turn everything into. */
  encoded?: boolean
}

const crlf = (text: string) => text.replace(/\r?\n/g, '\r\n')
const head = (raw: string) => `${raw.split(/\r?\n\r?\n/)[0]}\n`

/** A delivery status notification (RFC 3464). */
export function bounceOf({
  original,
  recipient,
  status = '5.1.1',
  action = 'failed',
  said = `550 ${status} <${recipient}>: no such user here`,
  returned = 'message/rfc822',
  encoded = false,
}: Told): string {
  const part = returned === 'message/rfc822' ? original : head(original)
  return crlf(`Return-Path: <>
Date: Sun, 22 Nov 2026 11:00:00 +0000
From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: greenlit@greenlit.test
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="B42/mx.example.net"
Message-ID: <20261122110000.B42@mx.example.net>

This is a MIME-encapsulated message.

--B42/mx.example.net
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

This is the mail system at host mx.example.net. Your message could not be delivered.

--B42/mx.example.net
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Sun, 22 Nov 2026 10:59:58 +0000

Final-Recipient: rfc822; ${recipient}
Original-Recipient: rfc822;${recipient}
Action: ${action}
Status: ${status}
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; ${said}

--B42/mx.example.net
Content-Description: Undelivered Message
Content-Type: ${returned}
${encoded ? `Content-Transfer-Encoding: base64\n\n${Buffer.from(part).toString('base64')}` : `\n${part}`}
--B42/mx.example.net--
`)
}

/** A complaint (RFC 5965), its recipient left out as the large services do. */
export function complaintOf({ original, type = 'abuse' }: { original: string; type?: string }): string {
  return crlf(`From: <feedback@isp.example.com>
Date: Sun, 22 Nov 2026 11:00:00 +0000
Subject: FW: Renewed
To: <greenlit@greenlit.test>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part1"

--part1
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report.

--part1
Content-Type: message/feedback-report

Feedback-Type: ${type}
User-Agent: SomeGenerator/1.0
Version: 1
Source-IP: 192.0.2.1

--part1
Content-Type: message/rfc822
Content-Disposition: inline

${original}
--part1--
`)
}
