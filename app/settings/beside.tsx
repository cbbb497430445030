import type { VoiceLine } from '@/lib/related/pairs'
import { EndButton, OwnLine, OwnList } from './own-list'
import styles from './settings.module.css'

const standing = ({ counts, voices, heard }: VoiceLine) =>
  [
    counts ? `counts: ${voices} readers name it` : 'waits for a second reader',
    heard ? '' : 'your voice is heard once your account is a day old',
  ]
    .filter(Boolean)
    .join('; ')

/** What the reader has named beside what, and the buttons that take it back. */
export function Beside({ voices }: { voices: VoiceLine[] }) {
  return (
    <OwnList
      id="beside"
      heading="What you named beside a show"
      lead={
        voices.length === 0
          ? 'Nothing yet. A show’s page asks, under what to watch next, what else belongs there.'
          : 'Only you see your reasons here. A pair counts for everybody once two readers name it.'
      }
      lines={voices.map((voice) => (
        <OwnLine
          key={`${voice.show.slug} ${voice.related.slug}`}
          end={
            <EndButton
              action="/api/me/pairs"
              fields={{ want: 'withdraw', slug: voice.show.slug, related: voice.related.slug }}
              label={`Take back ${voice.related.title} beside ${voice.show.title}`}
            >
              Take it back
            </EndButton>
          }
        >
          <b>{voice.related.title}</b> beside <a href={`/shows/${voice.show.slug}`}>{voice.show.title}</a>:{' '}
          {voice.reason} <span className={styles.standing}>({standing(voice)})</span>
        </OwnLine>
      ))}
    />
  )
}
