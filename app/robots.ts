import type { MetadataRoute } from 'next'
import { connection } from 'next/server'
import { siteUrl } from '@/lib/shared/site'

/** What crawlers may read: everything that is the same for everybody. */
export default async function robots(): Promise<MetadataRoute.Robots> {
  // The address of the sitemap is the running site's, not the build's.
  await connection()
  return {
    rules: {
      userAgent: '*',
      allow: '/',
      disallow: ['/api/me', '/api/auth/', '/feeds/', '/following', '/settings', '/sign-in', '/mailbox'],
    },
    sitemap: `${siteUrl()}/sitemap.xml`,
  }
}
