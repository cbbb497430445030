import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ChangesPage, changesPage } from '../../changes-page'

interface Props {
  params: Promise<{ cursor: string }>
}

export const metadata: Metadata = { title: 'Earlier changes', robots: { index: false, follow: true } }

/** Changes before a place in the list. */
export default async function EarlierChanges({ params }: Props) {
  const page = await changesPage((await params).cursor)
  if (page.broken) notFound()
  return <ChangesPage page={page} first={false} />
}
