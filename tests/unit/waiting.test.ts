import { describe, expect, it } from 'vitest'
import { SEASON_STATUSES, SHOW_STATUSES } from '@/db/schema/words'
import { optInMail } from '@/lib/follows/mails'
import { followLabel, followWish, waitName, waitsForRevival } from '@/lib/status/waiting'

const revived = { title: 'Friends', number: 11, forRevival: true }
const next = { title: 'Dark', number: 4, forRevival: false }

describe('who follows a show that is over', () => {
  it('waits for its revival; of a show that is not, or whose season is on its way or on, for the season', () => {
    const over = SHOW_STATUSES.filter((status) => waitsForRevival({ status }))
    expect(over.toSorted()).toEqual(['cancelled', 'ended', 'over'])
    const still = SEASON_STATUSES.filter((status) => !waitsForRevival({ status: 'cancelled' }, status))
    expect(still.toSorted()).toEqual(['airing', 'announced', 'dated', 'filming', 'wrapped'])
  })

  it('reads so on the button, in the list and in the mail that asks, and nowhere of a season there is none of', () => {
    const mail = optInMail({ link: 'https://g.example/x', site: 'https://g.example', seasons: [revived] })
    const said = [followLabel(revived), waitName(revived), followWish(revived), mail.subject, mail.text]
    for (const words of said) {
      expect(words).toContain('revived')
      expect(words).not.toMatch(/season|11/)
    }
    expect([followLabel(next), waitName(next), followWish(next)]).toEqual([
      'Follow season 4',
      'Dark, season 4',
      'follow Dark, season 4',
    ])
  })
})
