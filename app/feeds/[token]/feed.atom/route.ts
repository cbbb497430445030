import { readerFace } from '@/app/_faces/reader'
import { ATOM } from '@/app/_faces/types'
import { writeAtom } from '@/lib/feeds/atom'
import { readerFeed } from '@/lib/feeds/entries'
import { getReaderNews } from '@/lib/feeds/reader-queries'

/** What changed about the seasons a reader follows, as Atom. */
export const GET = readerFace(ATOM, async ({ readerId, token, site }) =>
  writeAtom(readerFeed(await getReaderNews(readerId), token, site, 'atom')),
)
