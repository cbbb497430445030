import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { currentViewer } from '@/lib/accounts/queries'
import { getSourcesOverview, readAsideCursor } from '@/lib/sources/overview'
import { Providers } from './providers'

export const metadata: Metadata = { title: 'Providers of facts', robots: { index: false, follow: false } }

interface Props {
  searchParams: Promise<{ before?: string | string[] }>
}

/** How asking providers of facts goes; for operators. */
export default async function SourcesAskedPage({ searchParams }: Props) {
  const { before: place } = await searchParams
  const before = place === undefined ? null : readAsideCursor(place)
  if (place !== undefined && before === null) notFound()
  const overview = await getSourcesOverview(await currentViewer(), { before, now: new Date() })
  if (!overview) notFound()
  return <Providers overview={overview} isEarlier={before !== null} />
}
