import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { titleKey } from '@/lib/catalogue/build/names'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import { hasBegun } from '@/lib/status/words'
import { starterShow } from '../support/ledger'

/** The list by hand, where the data folder lies beside the checkout; the truth is read from there, not from our starter. */
const list = path.join(import.meta.dirname, '../../../shared/data/catalogue/more/famous-by-hand.ndjson')
const TODAY = '2026-11-30'

interface Famous {
  title: string
  aliases?: string[] | null
  seasons: { number: number; premiere: string }[]
}

const lines = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

const yearOf = ({ seasons }: CatalogueRecord) => Number(seasons?.[0]?.premiere?.slice(0, 4) ?? 0)
const plain = (title: string) => titleKey(title.replace(/ \((?:UK|US|\d{4})\)$/, ''))

describe.runIf(existsSync(list))('the famous shows', () => {
  const famous = existsSync(list) ? lines<Famous>(list) : []
  const shows = lines<CatalogueRecord>(path.join(import.meta.dirname, '../../db/starter/catalogue.ndjson'))
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
})
