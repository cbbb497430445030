import { showFace } from '@/app/_faces/show'
import { writeAtom } from '@/lib/feeds/atom'
import { showFeed } from '@/lib/feeds/entries'

/** What changed about the show, as Atom. */
export const GET = showFace('application/atom+xml; charset=utf-8', (show, site) =>
  writeAtom(showFeed(show, site, 'atom')),
)
