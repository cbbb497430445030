import type { Lamp as LampState } from '@/lib/status/types'

/** The lamp's word: what its shape and colour say. */
export const LAMP_WORDS: Record<LampState, string> = {
  coming: 'Coming',
  ordered: 'Ordered, no date',
  silent: 'Nothing said',
  cancelled: 'Cancelled',
  ended: 'Ended',
  over: 'Over',
  running: 'Running',
}

/** The legend: every state of the lamp and what it means. */
export const LAMP_MEANINGS: [LampState, string][] = [
  ['coming', 'Dated, or on air now.'],
  ['ordered', 'Ordered or filming. Nobody has given a date.'],
  ['silent', 'Nobody has said. That is an answer too.'],
  ['cancelled', 'Stopped by somebody else.'],
  ['ended', 'Finished by choice.'],
  ['over', 'Listed as finished. Nobody says whether by choice.'],
  ['running', 'New episodes as a matter of course.'],
]

/** Each state has a shape of its own: a lit disc, a half disc, a hollow ring, a barred disc, a square, a frame, an arrow. */
const SHAPES: Record<LampState, string> = {
  coming: 'M12 6a6 6 0 1 0 .01 0z',
  ordered: 'M12 4a8 8 0 0 0 0 16z',
  silent: '',
  cancelled: 'M5 10h14v4H5z',
  ended: 'M6 6h12v12H6z',
  over: 'M5 5h14v14H5zM7.5 7.5v9h9v-9z',
  running: 'M9.5 6.5v11l8-5.5z',
}

/** States whose shape is its own rim. */
const RIMLESS = new Set<LampState>(['ended', 'over'])

/**
 * The signal lamp. Its word always goes with it: shown beside it, or, where the text around says the same
 * (`wordless`), left to that text.
 */
export function Lamp({
  state,
  size = 'm',
  wordless = false,
  word,
}: {
  state: LampState
  size?: 's' | 'm' | 'l'
  wordless?: boolean
  word?: string
}) {
  return (
    <span className={`lamp lamp-${state} lamp-${size}`}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        {!RIMLESS.has(state) && <circle cx="12" cy="12" r="10.25" className="lamp-ring" />}
        {SHAPES[state] && <path d={SHAPES[state]} className="lamp-light" />}
      </svg>
      {!wordless && <span className="lamp-word">{word ?? LAMP_WORDS[state]}</span>}
    </span>
  )
}
