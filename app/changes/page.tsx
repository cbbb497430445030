import type { Metadata } from 'next'
import { changesAlternates, pageMetadata } from '@/lib/feeds/metadata'
import { ChangesPage, changesPage } from './changes-page'

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
  return <ChangesPage page={await changesPage(null)} first />
}
