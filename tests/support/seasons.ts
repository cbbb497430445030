import { addDays } from '@/lib/shared/day'
import { seeded } from '@/lib/shared/random'

const HEADER = 'source,show_key,title,season,premiere,end,episodes,network,country,extra'

/**
 * A made-up file of seasons. Steady shows return every year in the same week, brittle ones end after their first season,
 * and loose ones return after one to three years or not at all. Some share the beginning of a name, and some stand in a
 * second list too, whose days are never forecast.
 */
export function madeSeasons(shows: number, seed: number): string {
  const random = seeded(seed)
  const lines: string[] = []
  for (let show = 0; show < shows; show++) {
    const kind = (['steady', 'brittle', 'loose'] as const)[show % 3]!
    const source = random() < 0.7 ? 'made' : 'other'
    let day = addDays('2004-01-05', Math.floor(random() * 3000))
    const seasons = kind === 'brittle' ? 1 : 1 + Math.floor(random() * 6)
    for (let season = 1; season <= seasons && day < '2019-01-01'; season++) {
      const end = random() < 0.5 ? addDays(day, 63) : ''
      const title = `${show % 5 ? '' : 'Harbour: '}${kind} show ${show}`
      lines.push(
        `${source},k${show},${title},${season},${day},${end},10,Net ${kind},US,"genres=Drama;status=Ended"`,
      )
      if (show % 4 === 0)
        lines.push(
          `economist_imdb,e${show},${title},${season},${addDays(day, 30)},,,,US,"mean_date;genres=Crime"`,
        )
      day = addDays(day, kind === 'steady' ? 364 : 300 + Math.floor(random() * 700))
    }
  }
  return `${HEADER}\n${lines.join('\n')}\n`
}
