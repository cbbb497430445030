/** The providers of facts that can be asked, by name. */
import { anilist } from './anilist/client'
import { tmdb } from './tmdb/client'
import { tvmaze } from './tvmaze/client'
import type { Provider } from './types'
import { wikidata } from './wikidata/client'

/** All of them, in the order they are offered. */
export const providers: readonly Provider[] = [tvmaze, tmdb, anilist, wikidata]

/** The provider of a name; null where there is none. */
export const providerNamed = (name: string): Provider | null =>
  providers.find((provider) => provider.name === name) ?? null

/** Providers whose fields and claims may not be passed on. */
export const withheld: readonly Provider[] = providers.filter(({ terms }) => !terms.mayExport)
