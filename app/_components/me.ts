'use client'

import { useEffect, useState } from 'react'

/** What the private route tells a page about its reader. */
export interface Me {
  signedIn: boolean
  following: boolean
  news: number
}

/** A season as the route takes it. */
export interface SeasonAsked {
  slug: string
  season: number
}

const listeners = new Set<() => void>()
let asking: { season: SeasonAsked | null; answer: Promise<Me | null> } | undefined

const addressOf = (season: SeasonAsked | null) =>
  season ? `/api/me?show=${encodeURIComponent(season.slug)}&season=${season.season}` : '/api/me'

// The header and the button ask in the same moment: one request answers both.
function ask(season: SeasonAsked | null): Promise<Me | null> {
  if (asking) {
    const same = season && asking.season && addressOf(season) === addressOf(asking.season)
    if (!season || same) return asking.answer
    if (!asking.season) {
      asking.season = season
      return asking.answer
    }
  }
  const mine: NonNullable<typeof asking> = {
    season,
    answer: Promise.resolve()
      .then(() => {
        if (asking === mine) asking = undefined
        return fetch(addressOf(mine.season), { headers: { Accept: 'application/json' }, cache: 'no-store' })
      })
      .then((answer) => (answer.ok ? (answer.json() as Promise<Me>) : null))
      .catch(() => null),
  }
  asking = mine
  return mine.answer
}

/** Tells every part of the page that the reader's state has changed. */
export function tellMeChanged(): void {
  for (const listen of listeners) listen()
}

/**
 * The reader's state; null until it is known, and for as long as it cannot be. Asked again when the reader
 * comes back to the tab, because another tab may have changed it.
 */
export function useMe(season: SeasonAsked | null = null): Me | null {
  const [me, setMe] = useState<Me | null>(null)
  const slug = season?.slug
  const number = season?.season
  useEffect(() => {
    let wanted = true
    const load = () =>
      void ask(slug !== undefined && number !== undefined ? { slug, season: number } : null).then(
        (answer) => wanted && answer && setMe(answer),
      )
    const onVisible = () => document.visibilityState === 'visible' && load()
    load()
    listeners.add(load)
    document.addEventListener('visibilitychange', onVisible)
    return () => {
      wanted = false
      listeners.delete(load)
      document.removeEventListener('visibilitychange', onVisible)
    }
  }, [slug, number])
  return me
}
