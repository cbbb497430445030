import type { Metadata } from 'next'
import { cacheLife, cacheTag } from 'next/cache'
import { notFound } from 'next/navigation'
import { CHANGES_TAG } from '@/lib/shared/tags'
import { CorrectionsPage, correctionsPage } from '../../corrections-page'

interface Props {
  params: Promise<{ cursor: string }>
}

/** Named only so that a build without a database has something to refuse. */
const NO_PLACE = 'no-place'
export const generateStaticParams = () => [{ cursor: NO_PLACE }]

export const metadata: Metadata = { title: 'Earlier corrections', robots: { index: false, follow: true } }

async function pageAt(cursor: string) {
  'use cache'
  cacheLife('hours')
  cacheTag(CHANGES_TAG)
  return cursor === NO_PLACE ? null : correctionsPage(cursor)
}

/** Corrections before a place in the list. */
export default async function EarlierCorrections({ params }: Props) {
  const page = await pageAt((await params).cursor)
  if (!page || page.broken) notFound()
  return <CorrectionsPage page={page} first={false} />
}
