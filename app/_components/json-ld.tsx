import { scriptJson } from '@/lib/feeds/json-ld'

/** Structured data for machines. Beside the covers the one place of the site that writes markup itself; `scriptJson` makes it harmless. */
export function JsonLd({ data }: { data: object }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a script's JSON cannot be a text child; scriptJson escapes what could end it
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: scriptJson(data) }} />
}
