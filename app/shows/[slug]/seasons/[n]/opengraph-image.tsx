import { notFound } from 'next/navigation'
import { CARD_SIZE, cardResponse } from '@/app/_faces/card'
import { findShow } from '@/app/_faces/show'
import { readSeasonNumber } from '@/lib/feeds/api'
import { seasonCard } from '@/lib/feeds/card'

export const alt = 'The title of the show, its season, its signal lamp and how it stands, with its day'
export const size = CARD_SIZE
export const contentType = 'image/png'

export default async function Image({
  params,
}: {
  params: Promise<{ slug: string; n: string }>
}): Promise<Response> {
  const { slug, n } = await params
  const number = readSeasonNumber(n)
  const show = number && (await findShow(slug))
  const card = show && seasonCard(show, number)
  if (!card) notFound()
  return cardResponse(card)
}
