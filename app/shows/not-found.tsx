/** A list that cannot be: a filter or a place in it that this site never gave out. */
export default function NoSuchList() {
  return (
    <div className="prose">
      <h1>There is no such list</h1>
      <p>The address asks for a filter we do not know, or for a place in a list that we never gave out.</p>
      <p>
        <a href="/shows">All shows, from the beginning</a>
      </p>
    </div>
  )
}
