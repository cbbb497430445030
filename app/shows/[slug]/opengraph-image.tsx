import { notFound } from 'next/navigation'
import { CARD_SIZE, cardResponse } from '@/app/_faces/card'
import { findShow } from '@/app/_faces/show'
import { showCard } from '@/lib/feeds/card'

export const alt = 'The title of the show, its signal lamp and the answer, with its day'
export const size = CARD_SIZE
export const contentType = 'image/png'

export default async function Image({ params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const show = await findShow((await params).slug)
  if (!show) notFound()
  return cardResponse(showCard(show))
}
