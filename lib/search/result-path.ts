import type { SearchRow } from './types'

/** Where a result leads: to the season that was asked for, where it has a page, else to the show. Pure. */
export const resultPath = ({ slug, season }: Pick<SearchRow, 'slug' | 'season'>): string =>
  `/shows/${slug}${season === null ? '' : `/seasons/${season}`}`
