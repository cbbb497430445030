import type { Metadata } from 'next'
import { changesAlternates, pageMetadata } from '@/lib/feeds/metadata'
import { CorrectionsPage, correctionsPage } from './corrections-page'

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
  return <CorrectionsPage page={await correctionsPage(null)} first />
}
