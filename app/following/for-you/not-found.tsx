/** A reader's list with its dials turned to where they do not go. */
export default function NoSuchDials() {
  return (
    <div className="prose">
      <h1>The dials do not go there</h1>
      <p>Each dial has five steps, from -2 to 2.</p>
      <p>
        <a href="/following/for-you">The list with both dials in the middle</a>
      </p>
    </div>
  )
}
