/** Names of the cache tags, once: what a page is made of, and what expires it. */

/** Everything one show's pages and faces are made of. */
export const showTag = (slug: string) => `show:${slug}`
/** Lists over all shows: home, browse, calendar, search, sitemap. */
export const CATALOGUE_TAG = 'catalogue'
/** The list of changes. */
export const CHANGES_TAG = 'changes'
/** The list of sources and their records. */
export const SOURCES_TAG = 'sources'
