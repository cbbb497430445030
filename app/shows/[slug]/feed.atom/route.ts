import { showFace } from '@/app/_faces/show'
import { ATOM } from '@/app/_faces/types'
import { writeAtom } from '@/lib/feeds/atom'
import { showFeed } from '@/lib/feeds/entries'

/** What changed about the show, as Atom. */
export const GET = showFace(ATOM, (show, { site }) => writeAtom(showFeed(show, site, 'atom')))
