import { ForgetOffline } from './service-worker'

/** Stands in for a private page whose reader's session is over. */
export function SessionEnded({ returnTo }: { returnTo: string }) {
  return (
    <div className="stack">
      <ForgetOffline />
      <h1>You are signed out</h1>
      <p className="lede">This page is one reader’s. Sign in, and you are back on it.</p>
      <p>
        <a className="button" href={`/sign-in?returnTo=${encodeURIComponent(returnTo)}`}>
          Sign in
        </a>
      </p>
    </div>
  )
}
