import { notFound } from 'next/navigation'

/** Where next.config.ts sends a reader's list whose dials are turned too far: a page cannot change its status once it reads its query. */
export default function Refused() {
  notFound()
}
