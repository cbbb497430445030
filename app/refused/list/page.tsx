import { notFound } from 'next/navigation'

/** Where next.config.ts sends a list's address that cannot be one: a page cannot change its status once it reads its query. */
export default function Refused() {
  notFound()
}
