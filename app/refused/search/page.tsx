import { notFound } from 'next/navigation'

/** Where next.config.ts sends a search too long to be one. */
export default function Refused() {
  notFound()
}
