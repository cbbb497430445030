import { DoorForm } from '@/app/_components/door-form'
import type { VoiceLine } from '@/lib/related/pairs'
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
    <section aria-labelledby="beside">
      <h2 id="beside">What you named beside a show</h2>
      <p>
        {voices.length === 0
          ? 'Nothing yet. A show’s page asks, under what to watch next, what else belongs there.'
          : 'Only you see your reasons here. A pair counts for everybody once two readers name it.'}
      </p>
      {voices.length > 0 && (
        <ul className={styles.list}>
          {voices.map((voice) => (
            <li key={`${voice.show.slug} ${voice.related.slug}`}>
              <span>
                <b>{voice.related.title}</b> beside{' '}
                <a href={`/shows/${voice.show.slug}`}>{voice.show.title}</a>: {voice.reason}{' '}
                <span className={styles.standing}>({standing(voice)})</span>
              </span>
              <DoorForm action="/api/me/pairs" className={styles.inline}>
                <input type="hidden" name="want" value="withdraw" />
                <input type="hidden" name="slug" value={voice.show.slug} />
                <input type="hidden" name="related" value={voice.related.slug} />
                <button
                  type="submit"
                  aria-label={`Take back ${voice.related.title} beside ${voice.show.title}`}
                >
                  Take it back
                </button>
              </DoorForm>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
