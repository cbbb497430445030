import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CorrectionsPage, correctionsPage } from '../../corrections-page'

interface Props {
  params: Promise<{ cursor: string }>
}

export const metadata: Metadata = { title: 'Earlier corrections', robots: { index: false, follow: true } }

/** Corrections before a place in the list. */
export default async function EarlierCorrections({ params }: Props) {
  const page = await correctionsPage((await params).cursor)
  if (page.broken) notFound()
  return <CorrectionsPage page={page} first={false} />
}
