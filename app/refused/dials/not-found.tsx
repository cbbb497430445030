/** A reader's list with its dials turned to where they do not go. */
export default function NoSuchDials({ reason }: { reason?: string }) {
  return (
    <div className="prose">
      <h1>The dials do not go there</h1>
      <p>
        {reason
          ? `The address asks for a list that cannot be: ${reason}.`
          : 'Each dial has five steps, from -2 to 2.'}
      </p>
      <p>
        <a href="/following/for-you">The list with both dials in the middle</a>
      </p>
    </div>
  )
}
