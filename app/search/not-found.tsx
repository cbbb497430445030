/** A search that cannot be one. */
export default function SearchRefused() {
  return (
    <div className="prose">
      <h1>That search is too long</h1>
      <p>A search is one line of at most 200 characters: a title, or part of one.</p>
      <p>
        <a href="/search">Search again</a>
      </p>
    </div>
  )
}
