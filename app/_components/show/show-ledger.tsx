import type { SeasonView, ShowPage } from '@/lib/pages/types'
import { howMany } from '../words'
import { Ledger } from './ledger'
import styles from './show-page.module.css'

/** How many notes lie open on a narrow page. */
const OPEN_NOTES = 7

/** The season whose ledger a show's page prints: the one waited for, else that of what decides, else the last spoken of. */
export function ledgerSeason(show: ShowPage): SeasonView | undefined {
  const spokenOf = show.seasons.filter(({ claims }) => claims.length > 0)
  const deciding = new Set(show.status.because)
  return (
    spokenOf.find(({ number }) => number === show.status.nextSeason) ??
    spokenOf.find(({ claims }) => claims.some(({ id }) => deciding.has(id))) ??
    spokenOf.at(-1)
  )
}

/** Notes of one season's ledger, and the way to all of them and to those of the other seasons. */
export function ShowLedger({
  show,
  season,
  notes,
  because,
}: {
  show: ShowPage
  season: SeasonView
  notes: SeasonView['claims']
  because: string[]
}) {
  const others = show.seasons.filter((other) => other !== season && other.claims.length > 0)
  const ledgerOf = ({ number }: SeasonView) => `/shows/${show.slug}/seasons/${number}#ledger`
  return (
    <>
      <h2 id="ledger">The ledger of season {season.number}</h2>
      <Ledger
        claims={notes}
        because={because}
        open={OPEN_NOTES}
        more={
          notes.length < season.claims.length
            ? {
                href: ledgerOf(season),
                label: `All ${season.claims.length} notes of season ${season.number}`,
              }
            : undefined
        }
      />
      {others.map((other) => (
        <p key={other.number} className={styles.earlier}>
          <a href={ledgerOf(other)}>{`Season ${other.number}: ${howMany(other.claims.length, 'note')}`}</a>
        </p>
      ))}
    </>
  )
}
