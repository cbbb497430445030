import type { Metadata } from 'next'
import { cacheLife, cacheTag } from 'next/cache'
import { changesAlternates, pageMetadata } from '@/lib/feeds/metadata'
import { CHANGES_TAG } from '@/lib/shared/tags'
import { whenDatabase } from '../database'
import { CorrectionsPage, correctionsPage } from './corrections-page'

// It is made whole before it is sent, also where the build had no database.
export const instant = false

export function generateMetadata(): Metadata {
  return changesAlternates(
    pageMetadata(
      '/corrections',
      'Corrections',
      'Every statement about a season that stood here and no longer counts, with its day and the reason. Newest first.',
    ),
  )
}

/** The newest corrections. */
export default async function Corrections() {
  await whenDatabase()
  return <Newest />
}

async function Newest() {
  'use cache'
  cacheLife('hours')
  cacheTag(CHANGES_TAG)
  return <CorrectionsPage page={await correctionsPage(null)} first />
}
