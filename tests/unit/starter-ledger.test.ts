import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkClaimLine } from '@/lib/ledger/record'
import type { StarterClaim } from '@/lib/workshop/claims/clean'
import { byShow, decidedBy } from '@/lib/workshop/claims/figures'
import { type CatalogueShow, catalogueIndex } from '@/lib/workshop/claims/resolve'
import { hostOf, sourceOf } from '@/lib/workshop/claims/sources'

const linesOf = (name: string) =>
  readFileSync(path.join(import.meta.dirname, '../../db/starter', name), 'utf8')
    .trim()
    .split('\n')
const lines = linesOf('claims.ndjson')
const claims = lines.map((line) => JSON.parse(line) as StarterClaim)
const catalogue = linesOf('catalogue.ndjson').map((line) => JSON.parse(line) as CatalogueShow)
const index = catalogueIndex(catalogue)
const shows = byShow(claims, index)
const TODAY = '2026-11-30'

const say = (claim: StarterClaim) =>
  `${claim.show} ${claim.season} ${claim.kind} (${claim.publisher}): ${claim.value}`
const TRUSTED = new Set<string | null>(['official', 'interview', 'trade', 'press'])
const OWN_CLASSES = new Set<string>(['trade', 'press', 'aggregator', 'fan'])

describe('the starter ledger, as its readers are promised it', () => {
  it('is made of claims that every door takes, without a word of the pages’ own', () => {
    expect(lines.flatMap((line) => (checkClaimLine(line, TODAY).ok ? [] : [line]))).toEqual([])
    expect(lines.filter((line) => /"(quote|note|seen_in)":/.test(line))).toEqual([])
  })

  it('speaks only of shows that the catalogue has, each named so that it can mean no other', () => {
    const bearers = new Map<string, number>()
    for (const { title } of catalogue)
      bearers.set(title.toLowerCase(), (bearers.get(title.toLowerCase()) ?? 0) + 1)
    const names = [...new Set(claims.map(({ show }) => show))]
    const unclear = names.filter((name) =>
      name.startsWith('greenlit:') ? !index.byId.has(name) : bearers.get(name.toLowerCase()) !== 1,
    )
    expect(unclear).toEqual([])
    expect(shows.size).toBe(names.length)
  })

  it('has no word of a namesake: nobody orders or dates a season that began long before', () => {
    const ahead = new Set(['renewed', 'announced', 'release_date', 'release_window', 'filming_started'])
    const late = [...shows].flatMap(([{ seasons }, own]) =>
      own.filter(({ kind, season, published_on }) => {
        const premiere = seasons?.find(({ number }) => number === season)?.premiere
        if (!ahead.has(kind) || !premiere || !published_on) return false
        return Number(published_on.slice(0, 4)) - Number(premiere.slice(0, 4)) > 1
      }),
    )
    expect(late.map(say)).toEqual([])
  })

  it('has no source that is a redirect, a raw answer, a copy or a look-alike', () => {
    const refused = claims.filter((claim) => 'reason' in sourceOf(claim))
    expect(refused.map(say)).toEqual([])
    expect(claims.filter(({ url }) => /\/api\/|wp-json|news\.google|utm_/.test(url)).map(say)).toEqual([])
  })

  it('calls a publisher by one name and gives it one class', () => {
    const names = new Map<string, Set<string>>()
    const classes = new Map<string, Set<string>>()
    const note = (map: Map<string, Set<string>>, key: string, value: string) =>
      map.set(key, (map.get(key) ?? new Set()).add(value))
    for (const { url, publisher, source_class } of claims) {
      const host = hostOf(url)
      // A press release keeps its maker's name wherever it is printed; readers' posts are not the paper's.
      if (OWN_CLASSES.has(source_class) && !/readers' posts/.test(publisher)) {
        note(names, host, publisher)
        note(classes, host, source_class)
        note(classes, publisher, source_class)
      }
    }
    const several = (map: Map<string, Set<string>>) => [...map].filter(([, values]) => values.size > 1)
    expect(several(names)).toEqual([])
    expect(several(classes)).toEqual([])
  })

  it('lets an ending name the season that will not come, one past the last', () => {
    const wrong = [...shows].flatMap(([{ seasons }, own]) => {
      const told = (kind: string) =>
        own.filter((one) => one.kind === kind && TRUSTED.has(one.source_class)).map(({ season }) => season)
      const finals = told('final_season')
      const begun = (seasons ?? [])
        .filter(({ premiere }) => premiere && premiere <= TODAY)
        .map(({ number }) => number)
      return own.filter(
        ({ kind, season }) =>
          (kind === 'ended' || kind === 'cancelled') &&
          (begun.includes(season) || (finals.length > 0 && !finals.includes(season - 1))),
      )
    })
    expect(wrong.map(say)).toEqual([])
  })

  it('calls nothing ordered that is only in development or planned', () => {
    const loose = claims.filter(
      ({ kind, value, modality }) =>
        ['announced', 'renewed'].includes(kind) &&
        modality === 'done' &&
        /not (?:yet )?ordered|in development|is developing|\bplan an\b/i.test(value),
    )
    expect(loose.map(say)).toEqual([])
  })

  it('has the shoot of a last season as a shoot: The Boys, season 5, and Alice in Borderland, season 3', () => {
    const of = (show: string, kind: string) =>
      claims.filter((claim) => claim.show === show && claim.kind === kind).map(({ season }) => season)
    expect(new Set(of('The Boys', 'filming_wrapped'))).toEqual(new Set([5]))
    expect(of('The Boys', 'final_season')).toEqual([5])
    expect(of('The Boys', 'ended')).toEqual([6, 6])
    expect(of('Alice in Borderland', 'final_season')).toEqual([3])
    expect(of('Alice in Borderland', 'cancelled')).toEqual([])
  })

  it('rests on an official, interview, trade or press note in at least 85 of 100 states that claims decide', () => {
    const decided = decidedBy(claims, index, TODAY).filter(({ by }) => by !== null)
    const trusted = decided.filter(({ by }) => TRUSTED.has(by))
    expect(trusted.length / decided.length).toBeGreaterThanOrEqual(0.85)
  })

  it('reaches into August 2026 and no further than it was read', () => {
    const days = claims.flatMap(({ published_on }) => published_on ?? []).sort()
    expect(days.at(-1)! >= '2026-08-01').toBe(true)
    expect(days.at(-1)! <= TODAY).toBe(true)
  })
})
