import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { changesAlternates } from '@/lib/feeds/metadata'
import { ChangesPage, changesPage } from '../../changes-page'

interface Props {
  params: Promise<{ cursor: string }>
}

export function generateMetadata(): Metadata {
  return changesAlternates({ title: 'Earlier changes', robots: { index: false, follow: true } })
}

/** Changes before a place in the list. */
export default async function EarlierChanges({ params }: Props) {
  const page = await changesPage((await params).cursor)
  if (page.broken) notFound()
  return <ChangesPage page={page} first={false} />
}
