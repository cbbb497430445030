import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import { hasBegun } from '@/lib/status/words'
import { titleKey } from '@/lib/workshop/catalogue/names'
import type { StarterClaim } from '@/lib/workshop/claims/clean'
import { type CatalogueShow, catalogueIndex } from '@/lib/workshop/claims/resolve'
import { starterShow } from '../support/ledger'
import { DATA, famousShows, finishedByLabel, linesOf, settlingWord, wordsByShow } from '../support/settling'

const TODAY = '2026-11-30'

const yearOf = ({ seasons }: CatalogueRecord) => Number(seasons?.[0]?.premiere?.slice(0, 4) ?? 0)
const plain = (title: string) => titleKey(title.replace(/ \((?:UK|US|\d{4})\)$/, ''))

const ALONE = 'an aggregator alone orders no season: the first line says so, and names it'
const RANK = 'a maker on record outranks a newer report that credits nobody by name'
const OPEN = 'an aggregator alone says how it ended, and a maker on record says it more openly'

/** Where we say otherwise than the newest word, and why. */
const OTHERWISE: Record<string, string> = {
  'happys-place': ALONE,
  'house-of-guinness': ALONE,
  'st-denis-medical': ALONE,
  'the-chi': ALONE,
  'the-legend-of-vox-machina': ALONE,
  'bad-sisters': RANK,
  'obi-wan-kenobi': OPEN,
}

/** The truth is read from the data folder, where it lies beside the checkout, and not from our starter. */
describe.runIf(existsSync(DATA))('the famous shows', () => {
  const famous = existsSync(DATA) ? famousShows() : []
  const shows = linesOf<CatalogueRecord>(path.join(import.meta.dirname, '../../db/starter/catalogue.ndjson'))
  const byKey = new Map<string, CatalogueRecord[]>()
  for (const show of shows)
    for (const key of new Set([show.title, show.original_title ?? '', ...(show.aliases ?? [])].map(plain)))
      byKey.set(key, [...(byKey.get(key) ?? []), show])

  const found = famous.map((line) => {
    const began = Number(line.seasons[0]?.premiere.slice(0, 4))
    const named = [line.title, ...(line.aliases ?? [])].flatMap((title) => byKey.get(plain(title)) ?? [])
    // A first season whose day nobody else gives is on record without one.
    const fits = named.filter((show) => Math.abs(yearOf(show) - began) <= 1)
    const [show] = (fits.length > 0 ? fits : named.filter((one) => yearOf(one) === 0)).sort(
      (a, b) => (b.popularity ?? 0) - (a.popularity ?? 0),
    )
    return { line, show }
  })

  test('are there, at least 375 of 387', () => {
    expect(found.filter(({ show }) => show).length).toBeGreaterThanOrEqual(375)
  })

  test('have as many seasons begun as there were, 95 of 100 at least, and no last season in a wrong year', () => {
    let right = 0
    const wrong: string[] = []
    const there = found.flatMap(({ line, show }) => (show ? [{ line, show }] : []))
    for (const { line, show } of there) {
      const begun = line.seasons.filter(({ premiere }) => premiere <= TODAY)
      const seasons = starterShow(show.slug as string, TODAY).seasons.filter(({ status }) => hasBegun(status))
      if (seasons.length >= begun.length && seasons.length <= begun.length) right++
      const year = seasons.at(-1)?.status.premiere?.edtf.slice(0, 4)
      // Where the list stops earlier than the record, it says nothing of the last season.
      if (year && seasons.length === begun.length && year !== begun.at(-1)?.premiere.slice(0, 4))
        wrong.push(`${show.slug}: ${year}, not ${begun.at(-1)?.premiere}`)
    }
    console.log(`${right} of ${there.length} have the number of seasons the list has`)
    expect(wrong).toEqual([])
    expect(right / there.length).toBeGreaterThanOrEqual(0.95)
  })

  test('are in the state that the newest word or label in hand gives them, 97 of 100 at least', () => {
    const words = wordsByShow(catalogueIndex(shows as CatalogueShow[]))
    const isFinished = finishedByLabel()
    const judged = found.flatMap(({ line, show }) => {
      if (!show) return []
      const begun = line.seasons.filter(({ premiere }) => premiere <= TODAY).length
      const own = words.get(`greenlit:${show.slug}`) ?? []
      const of = (said: StarterClaim[]) => settlingWord(said, begun, isFinished(line))
      const { status, answer } = starterShow(show.slug as string, TODAY).status
      const asCollected = of(own.map(({ collected }) => collected))
      return [
        {
          slug: show.slug as string,
          status,
          answer,
          asCollected,
          truth: of(own.flatMap(({ held }) => held)),
        },
      ]
    })
    const tally = (which: 'truth' | 'asCollected') => {
      const settled = judged.filter((one) => one[which])
      return { settled, differ: settled.filter((one) => !one[which]?.states.includes(one.status)) }
    }
    for (const which of ['asCollected', 'truth'] as const) {
      const { settled, differ } = tally(which)
      console.log(
        [
          `${which}: ${settled.length - differ.length} of ${settled.length} have the state that settles it`,
          ...differ.map((one) => `  ${one.slug}: ${one.status} (${one.answer}); ${one[which]?.by}`),
        ].join('\n'),
      )
    }
    const { settled, differ } = tally('truth')
    expect(differ.map(({ slug }) => slug).sort()).toEqual(Object.keys(OTHERWISE).sort())
    expect(1 - differ.length / settled.length).toBeGreaterThanOrEqual(0.97)
  })
})
