import { getPopularSlugs } from '@/lib/catalogue/list-queries'

/** How many shows are made ready at the build. */
const READY_AT_BUILD = 24

/** The one address of a build without a database: it is no show, and answers 404 before any question is asked. */
export const NO_SHOW = 'no-show'

/** Addresses of the shows that are ready before anybody asks for them. */
export async function popularSlugParams(): Promise<{ slug: string }[]> {
  if (!process.env.DATABASE_URL) return [{ slug: NO_SHOW }]
  const slugs = await getPopularSlugs(READY_AT_BUILD)
  return slugs.length > 0 ? slugs.map((slug) => ({ slug })) : [{ slug: NO_SHOW }]
}
