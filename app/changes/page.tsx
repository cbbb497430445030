import type { Metadata } from 'next'
import { cacheLife, cacheTag } from 'next/cache'
import { changesAlternates, pageMetadata } from '@/lib/feeds/metadata'
import { CHANGES_TAG } from '@/lib/shared/tags'
import { whenDatabase } from '../database'
import { ChangesPage, changesPage } from './changes-page'

// It is made whole before it is sent, also where the build had no database.
export const instant = false

export function generateMetadata(): Metadata {
  return changesAlternates(
    pageMetadata(
      '/changes',
      'Changes',
      'What really changed about the next season of any show: renewed, dated, moved, cancelled, missed. Newest first.',
    ),
  )
}

/** The newest changes. */
export default async function Changes() {
  await whenDatabase()
  return <Newest />
}

async function Newest() {
  'use cache'
  cacheLife('hours')
  cacheTag(CHANGES_TAG)
  return <ChangesPage page={await changesPage(null)} first />
}
