'use client'

/** A fault of ours, said plainly, with what to do. */
export default function Fault({ reset }: { reset: () => void }) {
  return (
    <div className="prose">
      <h1>We could not show this page</h1>
      <p>The fault is ours, and nothing you did is lost. It is often over within a minute.</p>
      <p className="row">
        <button type="button" onClick={reset}>
          Try again
        </button>
        <a href="/">Go to the first page</a>
      </p>
    </div>
  )
}
