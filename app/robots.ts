import type { MetadataRoute } from 'next'
import { NOT_FOR_CRAWLERS } from '@/lib/edge/places'
import { siteUrl } from '@/lib/shared/site'

/** What crawlers may read: everything that is the same for everybody. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: '*',
      allow: '/',
      disallow: [...NOT_FOR_CRAWLERS],
    },
    sitemap: `${siteUrl()}/sitemap.xml`,
  }
}
