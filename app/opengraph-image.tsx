import { CARD_SIZE, cardResponse } from '@/app/_faces/card'
import { SITE_CARD } from '@/lib/feeds/card'

export const alt = 'Greenlit: is my show coming back?'
export const size = CARD_SIZE
export const contentType = 'image/png'

export default function Image(): Promise<Response> {
  return cardResponse(SITE_CARD)
}
