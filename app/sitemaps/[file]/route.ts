import { getSitemapEntries } from '@/lib/feeds/queries'
import { readSitemapName, writeSitemap } from '@/lib/feeds/sitemap'
import { answering, plainRefusal, reply } from '@/lib/shared/problem'
import { siteUrl } from '@/lib/shared/site'

/** One file of a sitemap that has grown an index. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ file: string }> },
): Promise<Response> {
  const name = readSitemapName((await params).file)
  if (!name) return plainRefusal(404, 'There is no such part of the sitemap. It begins at /sitemap.xml.')
  return answering(
    request,
    async () => {
      const entries = await getSitemapEntries(name.type, name.page)
      if (entries.length === 0)
        return plainRefusal(404, 'There is no such part of the sitemap. It begins at /sitemap.xml.')
      return reply(request, writeSitemap(siteUrl(), entries), 'application/xml; charset=utf-8')
    },
    plainRefusal,
  )
}
