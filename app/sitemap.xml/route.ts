import { countSitemap, getSitemapEntries } from '@/lib/feeds/queries'
import {
  SITEMAP_FILE_MAX,
  SITEMAP_TYPES,
  sitemapNames,
  writeSitemap,
  writeSitemapIndex,
} from '@/lib/feeds/sitemap'
import { answering, plainRefusal, reply } from '@/lib/shared/problem'
import { siteUrl } from '@/lib/shared/site'

/** Every page worth finding; an index of files once they no longer fit into one. */
export async function GET(request: Request): Promise<Response> {
  return answering(
    request,
    async () => {
      const counts = await countSitemap()
      const site = siteUrl()
      const body =
        counts.shows + counts.seasons <= SITEMAP_FILE_MAX
          ? writeSitemap(
              site,
              (await Promise.all(SITEMAP_TYPES.map((type) => getSitemapEntries(type, 1)))).flat(),
            )
          : writeSitemapIndex(site, sitemapNames(counts))
      return reply(request, body, 'application/xml; charset=utf-8')
    },
    plainRefusal,
  )
}
