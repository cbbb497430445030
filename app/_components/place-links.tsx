/** Links to places of this site, in a list. */
export function PlaceLinks({
  places,
  className,
}: {
  places: readonly (readonly [name: string, href: string])[]
  className?: string
}) {
  return (
    <ul className={className}>
      {places.map(([name, href]) => (
        <li key={href}>
          <a href={href}>{name}</a>
        </li>
      ))}
    </ul>
  )
}
