/**
 * What a month of TVmaze's schedules says, worked out from the recorded answers alone: nothing of the site's own code is
 * used, so that it can be held against what the site makes of the same answers.
 */

interface Show {
  id: number
  status: string | null
  ended?: string | null
  updated?: number
  network?: { name: string } | null
  webChannel?: { name: string } | null
  language?: string | null
}
interface Entry {
  season: number
  number: number | null
  type?: string
  airdate: string
  _embedded: { show: Show }
}

/** `<tvmaze id> <season> <field>` to the value, of a label with the day it is of. */
export type Expected = Map<string, string>

const dayOf = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10)

/** The newest copy of each show among some answers, and the first day of each season of which episode 1 is listed. */
export function readMonth(answers: unknown[]): { shows: Map<number, Show>; premieres: Map<string, string> } {
  const shows = new Map<number, Show>()
  const premieres = new Map<string, string>()
  for (const entry of answers.flat() as Entry[]) {
    const { show } = entry._embedded
    const there = shows.get(show.id)
    if (!there || (show.updated ?? 0) > (there.updated ?? 0)) shows.set(show.id, show)
    const isSeason = entry.season >= 1 && entry.season <= 1000
    const isFirst = entry.number === 1 && (entry.type ?? 'regular') === 'regular'
    if (!isSeason || !isFirst || !entry.airdate) continue
    const key = `${show.id} ${entry.season}`
    const known = premieres.get(key)
    if (!known || entry.airdate < known) premieres.set(key, entry.airdate)
  }
  return { shows, premieres }
}

/** What is known of labels, ends and premieres after a month was read once more on `day`. */
export function expectedAfter(before: Expected, answers: unknown[], day: string): Expected {
  const after = new Map(before)
  const { shows, premieres } = readMonth(answers)
  for (const [id, { status, ended, updated }] of shows) {
    if (status) after.set(`${id} 0 label`, `${status} ${updated ? dayOf(updated) : day}`)
    // A first of January stands for a year alone.
    if (ended) after.set(`${id} 0 ended`, ended.endsWith('-01-01') ? ended.slice(0, 4) : ended)
    else after.delete(`${id} 0 ended`)
  }
  for (const [key, premiere] of premieres) after.set(`${key} premiere`, premiere)
  return after
}

/** The keys of which the value is another. */
export const differences = (before: Expected, after: Expected): string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key)).sort()

/** Premieres after the day they were read on. */
export const ahead = (expected: Expected, day: string): string[] =>
  [...expected].filter(([key, value]) => key.endsWith(' premiere') && value > day).map(([key]) => key)
