import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { changesAlternates } from '@/lib/feeds/metadata'
import { CorrectionsPage, correctionsPage } from '../../corrections-page'

interface Props {
  params: Promise<{ cursor: string }>
}

export function generateMetadata(): Metadata {
  return changesAlternates({ title: 'Earlier corrections', robots: { index: false, follow: true } })
}

/** Corrections before a place in the list. */
export default async function EarlierCorrections({ params }: Props) {
  const page = await correctionsPage((await params).cursor)
  if (page.broken) notFound()
  return <CorrectionsPage page={page} first={false} />
}
