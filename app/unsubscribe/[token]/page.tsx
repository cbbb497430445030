import type { Metadata } from 'next'
import { DoorForm } from '@/app/_components/door-form'
import { describeUnsubscribe } from '@/lib/notices/queries'
import { waitName } from '@/lib/status/waiting'

export const metadata: Metadata = {
  title: 'Mail from Greenlit',
  robots: { index: false, follow: false },
  referrer: 'no-referrer',
}

type Params = Record<string, string | string[] | undefined>

/** Where the link at the end of a mail leads. Opening it changes nothing. */
export default async function UnsubscribePage({
  params,
  searchParams,
}: {
  params: Promise<{ token: string }>
  searchParams: Promise<Params>
}) {
  const [{ token }, asked] = await Promise.all([params, searchParams])
  const link = await describeUnsubscribe(token)
  if (!link)
    return (
      <div className="stack">
        <h1>This link ends no mail of ours</h1>
        <p className="lede">
          Open the newest mail and use the link there, or <a href="/settings/notices">sign in</a> and turn
          mail off in the settings.
        </p>
      </div>
    )
  const about = link.season && waitName(link.season)
  const off = !link.mailOn || link.seasonOff
  return (
    <div className="stack">
      <h1>{off ? 'No more mail' : 'Mail from Greenlit'}</h1>
      <p className="lede" role="status">
        {'again' in asked
          ? 'You get mail again.'
          : !link.mailOn
            ? 'Nothing is mailed to this address any more, what was queued included.'
            : off
              ? `Nothing is mailed about ${about} any more, what was queued included.`
              : `Choose what ends.`}
      </p>
      <div className="row">
        {about && link.mailOn && !link.seasonOff && (
          <Choice token={token} want="season" label={`No more mail about ${about}`} primary />
        )}
        {link.mailOn && <Choice token={token} want="all" label="No more mail at all" />}
        {off && <Choice token={token} want="again" label="Send me mail again" />}
      </div>
      <p className="quiet">
        Sign-in mails still come when you ask for one. What you follow stays on your list; to be told in
        another way, see <a href="/settings/notices">what you are told</a>.
      </p>
    </div>
  )
}

function Choice({
  token,
  want,
  label,
  primary,
}: {
  token: string
  want: string
  label: string
  primary?: true
}) {
  return (
    <DoorForm action={`/api/unsubscribe/${token}`}>
      <input type="hidden" name="want" value={want} />
      <button type="submit" data-primary={primary}>
        {label}
      </button>
    </DoorForm>
  )
}
