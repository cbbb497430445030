/** A place in the list of changes that this site never gave out. */
export default function NoSuchPlace() {
  return (
    <div className="prose">
      <h1>There is no such place in the list</h1>
      <p>The address asks for corrections before a place that we never gave out.</p>
      <p>
        <a href="/corrections">The newest corrections</a>
      </p>
    </div>
  )
}
