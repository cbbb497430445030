import { SearchBox } from './_components/search-box/search-box'

/** Nothing at this address. */
export default function NotFound() {
  return (
    <div className="prose" data-own-search="">
      <h1>Nothing is on here</h1>
      <p>There is no page at this address.</p>
      <SearchBox label="Which show were you looking for?" />
      <p>
        <a href="/">Go to the first page</a>
      </p>
    </div>
  )
}
