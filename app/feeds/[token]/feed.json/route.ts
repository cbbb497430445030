import { readerFace } from '@/app/_faces/reader'
import { JSON_FEED } from '@/app/_faces/types'
import { writeJsonFeed } from '@/lib/feeds/atom'
import { readerFeed } from '@/lib/feeds/entries'
import { getReaderNews } from '@/lib/feeds/reader-queries'

/** What changed about the seasons a reader follows, as JSON Feed. */
export const GET = readerFace(JSON_FEED, async ({ readerId, token, site }) =>
  writeJsonFeed(readerFeed(await getReaderNews(readerId), token, site, 'json')),
)
