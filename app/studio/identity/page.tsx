import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { currentViewer } from '@/lib/accounts/queries'
import { getIdentityOverview } from '@/lib/identity/queries'
import { Review } from './review'

export const metadata: Metadata = { title: 'Which shows are one', robots: { index: false, follow: false } }

/** Pairs that may be one show, and what was decided; for operators. */
export default async function IdentityPage() {
  const overview = await getIdentityOverview(await currentViewer())
  if (!overview) notFound()
  return <Review overview={overview} />
}
