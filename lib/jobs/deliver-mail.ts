import 'server-only'
import { deliverMail as deliver, smtpSender } from '@/lib/mail/deliver'
import { DELIVER_MAIL, isMailSent } from '@/lib/mail/outbox'
import { type Job, oneAtATime } from './job'

// A second run would open as many connections again, and leave no hand free for telling while thousands of mails leave.
const deliverOnce = oneAtATime(async () => {
  const { send, close } = smtpSender()
  try {
    await deliver(send)
  } finally {
    close()
  }
})

/** Sends what the outbox of mails holds. */
export const deliverMail: Job = {
  ...DELIVER_MAIL,
  at: '* * * * *',
  async run() {
    if (isMailSent()) await deliverOnce()
  },
}
