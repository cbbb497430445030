import { SearchBox } from '@/app/_components/search-box/search-box'

/** No show, or no season, at this address. */
export default function NoSuchShow() {
  return (
    <div className="prose" data-own-search="">
      <h1>No such show here</h1>
      <p>
        No show or season of ours has this address. It may go by another title; any of its titles finds it.
      </p>
      <SearchBox label="Which show?" />
      <p>
        <a href="/shows">Look through all shows</a>
      </p>
    </div>
  )
}
