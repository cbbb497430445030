import type { Metadata } from 'next'
import { DoorForm } from '@/app/_components/door-form'
import { readOptInHere } from '@/lib/follows/queries'

export const metadata: Metadata = {
  title: 'Follow by mail',
  robots: { index: false, follow: false },
  referrer: 'no-referrer',
}

/** Where a confirmation mail leads. Opening it changes nothing: mail scanners open links too. */
export default async function ConfirmFollowPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const wish = await readOptInHere(token)
  if (!wish)
    return (
      <div className="stack">
        <h1>This link no longer works</h1>
        <p className="lede">It is older than two days, or it is none of ours.</p>
        <p>
          <a href="/shows">Find the show</a> and follow it again.
        </p>
      </div>
    )
  if (wish.wanted !== null)
    return <Wanted email={wish.email} words={wish.wanted} done={wish.done} token={token} />
  const seasons = (
    <ul>
      {wish.seasons.map((season) => (
        <li key={season}>{season}</li>
      ))}
    </ul>
  )
  if (wish.done)
    return (
      <div className="stack">
        <h1>You will be told</h1>
        <p className="lede" role="status">
          {wish.email} is told once when something really changes about:
        </p>
        {seasons}
        <p className="quiet">
          Every mail has a link that ends them. To see the list and choose what you are told,{' '}
          <a href="/sign-in?returnTo=/following">sign in</a> with this address; there is no password.
        </p>
      </div>
    )
  return (
    <div className="stack">
      <h1>Follow by mail?</h1>
      <p className="lede">{wish.email} would be told once when something really changes about:</p>
      {seasons}
      <ConfirmForm token={token} />
    </div>
  )
}

/** The same for a show that is not here yet. */
function Wanted({
  email,
  words,
  done,
  token,
}: {
  email: string
  words: string
  done: boolean
  token: string
}) {
  if (done)
    return (
      <div className="stack">
        <h1>You will be told</h1>
        <p className="lede" role="status">
          {email} is told, once, when “{words}” is here.
        </p>
        <p className="quiet">
          To take that back, <a href="/sign-in?returnTo=/settings">sign in</a> with this address; there is no
          password.
        </p>
      </div>
    )
  return (
    <div className="stack">
      <h1>Tell you when it is here?</h1>
      <p className="lede">
        {email} would be told, once, when a show called “{words}” is in the catalogue.
      </p>
      <ConfirmForm token={token} />
    </div>
  )
}

/** Says yes to what the mail asked; whoever did not ask need do nothing. */
function ConfirmForm({ token }: { token: string }) {
  return (
    <>
      <DoorForm action="/api/follow-by-mail/confirm">
        <input type="hidden" name="token" value={token} />
        <button type="submit" data-primary>
          Yes, tell me
        </button>
      </DoorForm>
      <p className="quiet">If it was not you who asked, close this page: nothing is sent then.</p>
    </>
  )
}
