import type { SeasonView } from '@/lib/pages/types'
import styles from './recap.module.css'

/** The story so far, folded episode by episode: a reader opens it up to where they are and no further. */
export function Recap({ seasons }: { seasons: SeasonView[] }) {
  const told = seasons.filter((season) => season.recap.length > 0)
  if (told.length === 0) return null
  return (
    <section aria-labelledby="story">
      <h2 id="story">The story so far</h2>
      <p className="quiet">
        Folded. Each part says the last episode it gives away; open it as far as you have watched.
      </p>
      {told.map((season) => {
        const parts = new Map<number, string[]>()
        for (const sentence of season.recap)
          parts.set(sentence.throughEpisode, [...(parts.get(sentence.throughEpisode) ?? []), sentence.text])
        return (
          <div key={season.number} className={styles.season}>
            <h3>Season {season.number}</h3>
            {[...parts]
              .sort(([a], [b]) => a - b)
              .map(([episode, sentences]) => (
                <details key={episode} className={styles.part}>
                  <summary>
                    {season.episodes === episode
                      ? `Through episode ${episode}, the last`
                      : `Through episode ${episode}`}
                  </summary>
                  {sentences.map((sentence) => (
                    <p key={sentence}>
                      {sentence} <span className={styles.tag}>to ep. {episode}</span>
                    </p>
                  ))}
                </details>
              ))}
          </div>
        )
      })}
    </section>
  )
}
