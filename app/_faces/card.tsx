import { ImageResponse } from 'next/og'
import { LAMP_WORDS } from '@/app/_components/lamp/lamp'
import type { Card } from '@/lib/feeds/card'
import { PUBLIC_CACHE } from '@/lib/shared/problem'
import type { Lamp } from '@/lib/status/types'

export const CARD_SIZE = { width: 1200, height: 630 }

const PAPER = '#f6f1e6'
const INK = '#1c1a15'
const INK_SOFT = '#524d43'
const RULE = '#cdc4af'
const LIGHT: Record<Lamp, string> = {
  coming: '#129250',
  ordered: '#b97100',
  silent: INK,
  cancelled: '#c23020',
  ended: INK,
  over: INK_SOFT,
  running: '#129250',
}

/** The lamp by its shape as by its colour: lit disc, half disc, hollow ring, barred disc, square, frame, arrow. */
function CardLamp({ state }: { state: Lamp }) {
  const light = LIGHT[state]
  return (
    <svg width="72" height="72" viewBox="0 0 24 24" role="img" aria-label={LAMP_WORDS[state]}>
      {state !== 'ended' && state !== 'over' && (
        <circle cx="12" cy="12" r="10.25" fill="none" stroke={INK} strokeWidth="1.5" />
      )}
      {state === 'coming' && <circle cx="12" cy="12" r="6" fill={light} />}
      {state === 'ordered' && <path d="M12 4a8 8 0 0 0 0 16z" fill={light} />}
      {state === 'cancelled' && <path d="M5 10h14v4H5z" fill={light} />}
      {state === 'ended' && <path d="M6 6h12v12H6z" fill={light} />}
      {state === 'over' && <path d="M5 5h14v14H5zM7.5 7.5v9h9v-9z" fill={light} />}
      {state === 'running' && <path d="M9.5 6.5v11l8-5.5z" fill={light} />}
    </svg>
  )
}

function CardImage({ card }: { card: Card }) {
  const title = card.title ?? 'Greenlit'
  return (
    <div
      style={{
        width: '100%',
        height: '100%',
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'space-between',
        padding: '64px 72px',
        background: PAPER,
        color: INK,
      }}
    >
      <div style={{ display: 'flex', alignItems: 'center', gap: 24, fontSize: 36, color: INK_SOFT }}>
        <CardLamp state={card.lamp} />
        <div style={{ display: 'flex' }}>{card.asOf ? LAMP_WORDS[card.lamp] : 'Greenlit'}</div>
      </div>
      <div style={{ display: 'flex', flexDirection: 'column', gap: 28 }}>
        <div
          style={{
            display: 'flex',
            fontSize: title.length > 64 ? 52 : title.length > 44 ? 60 : title.length > 24 ? 76 : 96,
            lineHeight: 1.05,
            letterSpacing: '-0.03em',
          }}
        >
          {title}
        </div>
        <div style={{ display: 'flex', fontSize: card.answer.length > 150 ? 32 : 40, lineHeight: 1.35 }}>
          {card.answer}
        </div>
      </div>
      <div
        style={{
          display: 'flex',
          justifyContent: 'space-between',
          paddingTop: 24,
          borderTop: `2px solid ${RULE}`,
          fontSize: 28,
          color: INK_SOFT,
        }}
      >
        <div style={{ display: 'flex' }}>Greenlit</div>
        <div style={{ display: 'flex' }}>{card.asOf ?? 'every answer dated, every source named'}</div>
      </div>
    </div>
  )
}

/** The PNG of a card, base64, drawn once for each wording. */
async function drawn(card: Card): Promise<string> {
  const image = new ImageResponse(<CardImage card={card} />, CARD_SIZE)
  return Buffer.from(await image.arrayBuffer()).toString('base64')
}

/** A card as an image answer. */
export async function cardResponse(card: Card): Promise<Response> {
  return new Response(Buffer.from(await drawn(card), 'base64'), {
    headers: { 'content-type': 'image/png', 'cache-control': PUBLIC_CACHE },
  })
}
