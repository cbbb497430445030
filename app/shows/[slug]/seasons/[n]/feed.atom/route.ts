import { seasonFace } from '@/app/_faces/show'
import { ATOM } from '@/app/_faces/types'
import { writeAtom } from '@/lib/feeds/atom'
import { seasonFeed } from '@/lib/feeds/entries'

/** What changed about the season, as Atom. */
export const GET = seasonFace(ATOM, (show, season, { site }) =>
  writeAtom(seasonFeed(show, season, site, 'atom')),
)
