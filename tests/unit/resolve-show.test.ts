import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bracketHint,
  type CatalogueShow,
  catalogueIndex,
  nameKey,
  nameOf,
  resolveShow,
} from '@/lib/workshop/claims/resolve'
import { meantShow } from '@/lib/workshop/claims/shows'

const show = (slug: string, title: string, year: number | null, more: Partial<CatalogueShow> = {}) => ({
  ids: { greenlit: slug },
  slug,
  title,
  seasons: year ? [{ number: 1, premiere: `${year}-09-01` }] : [],
  ...more,
})

const SHOWS = [
  show('matlock', 'Matlock', 1986, { country: 'United States', network: 'NBC' }),
  show('matlock-2024', 'Matlock', 2024, { country: 'United States', network: 'CBS' }),
  show('the-traitors', 'The Traitors', 2022, { country: 'United Kingdom', network: 'BBC One' }),
  show('the-traitors-2023', 'The Traitors', 2023, { country: 'United States', network: 'Peacock' }),
  show('dark-matter', 'Dark Matter', 2015, { country: 'Canada' }),
  show('moving', 'Moving', 2023, { country: 'South Korea', original_title: '무빙' }),
  show('the-rings-of-power', 'The Rings of Power', 2022, {
    aliases: ['The Lord of the Rings: The Rings of Power'],
  }),
  show('shogun', 'Shōgun', 2024),
  show('twins-1', 'Twins', null),
  show('twins-2', 'Twins', null),
  show('fate', 'Fate', 2006, { ids: { greenlit: 'fate', bangumi: '12', mal: ['1', '2'] } }),
]
const index = catalogueIndex(SHOWS)
const meant = (given: Parameters<typeof resolveShow>[0]) => {
  const found = resolveShow(given, index)
  return found.ok ? found.id : found.why
}

describe('which show a statement means', () => {
  it('is told by the year, the country or the network in brackets, never by the bare word', () => {
    expect(meant({ show: 'Matlock (2024)' })).toBe('greenlit:matlock-2024')
    expect(meant({ show: 'Matlock', year: 1986 })).toBe('greenlit:matlock')
    expect(meant({ show: 'Matlock (CBS)' })).toBe('greenlit:matlock-2024')
    expect(meant({ show: 'The Traitors (US)' })).toBe('greenlit:the-traitors-2023')
    expect(meant({ show: 'The Traitors', original_title: 'The Traitors (UK)' })).toBe('greenlit:the-traitors')
    expect(meant({ show: 'Matlock' })).toBe('several shows')
    expect(meant({ show: 'Twins' })).toBe('several shows')
  })

  it('is nobody here where the only show of that name began at another time or elsewhere', () => {
    expect(meant({ show: 'Dark Matter (2024)' })).toBe('no such show')
    expect(resolveShow({ show: 'Dark Matter', year: 2024 }, index)).toMatchObject({
      reason: 'greenlit:dark-matter is not the one of 2024',
    })
    expect(meant({ show: 'Moving (US)' })).toBe('no such show')
    expect(meant({ show: 'Nothing Like It' })).toBe('no such show')
  })

  it('is found by every name it goes by, however it is spelled', () => {
    expect(meant({ show: 'SHOGUN' })).toBe('greenlit:shogun')
    expect(meant({ show: '무빙' })).toBe('greenlit:moving')
    expect(meant({ show: 'A Title of Ours', original_title: '무빙' })).toBe('greenlit:moving')
    expect(meant({ show: 'The Lord of the Rings: The Rings of Power' })).toBe('greenlit:the-rings-of-power')
  })

  it('is the one of the id given, unless that is a namesake; an id nobody has falls back to the title', () => {
    expect(meant({ show: 'Whatever', catalogue_id: 'greenlit:matlock-2024' })).toBe('greenlit:matlock-2024')
    expect(meant({ show: 'Matlock (2024)', catalogue_id: 'greenlit:matlock' })).toBe('another show')
    expect(meant({ show: 'Shōgun', catalogue_id: 'greenlit:shogun-of-yore' })).toBe('greenlit:shogun')
    expect(meant({ show: 'bangumi:12' })).toBe('greenlit:fate')
    expect(meant({ show: 'mal:2' })).toBe('greenlit:fate')
  })

  it('is named by its title where only it bears it, else by its address', () => {
    expect(nameOf(SHOWS[5]!, index)).toBe('Moving')
    expect(nameOf(SHOWS[1]!, index)).toBe('greenlit:matlock-2024')
  })

  it('knows what the bare words of the collectors mean', () => {
    const known = meantShow({ show: 'Forever' }, new Map())
    expect(known).toMatchObject({ year: 2025 })
    const forever = catalogueIndex([show('forever', 'Forever', 2014)])
    expect(resolveShow(known, forever)).toMatchObject({ ok: false, why: 'no such show' })
    expect(meantShow({ show: 'Criminal Minds: Evolution' }, new Map()).show).toBe('Criminal Minds')
    expect(
      meantShow({ show: 'Hell Mode', catalogue_id: 'greenlit:anime-2026-bangumi-526979' }, new Map())
        .catalogue_id,
    ).toBe('bangumi:526979')
  })
})

it('reads what stands in brackets', () => {
  expect(bracketHint('The Royals (2025, India)')).toEqual({ year: 2025, country: 'India', network: null })
  expect(bracketHint('Kevin (Prime Video)')).toMatchObject({ network: 'Prime Video' })
  expect(bracketHint('Firefly (animated series)')).toEqual({ year: null, country: null, network: null })
})

it('compares titles without case, accents and what stands in brackets', () => {
  expect(nameKey('Ranma ½ (2024)')).toBe(nameKey('RANMA1/2'))
  expect(nameKey('Will & Grace')).toBe(nameKey('Will and Grace'))
  expect(nameKey('ガンダム')).not.toBe(nameKey('カンタム'))
})

it('never chooses between shows that fit alike, whatever the order of the catalogue', () => {
  const word = fc.constantFrom('Ghosts', 'Sirens', 'Doc')
  const record = fc.record({ title: word, year: fc.option(fc.integer({ min: 1990, max: 2026 })) })
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 6 }),
      word,
      fc.option(fc.integer({ min: 1990, max: 2026 })),
      (records, title, year) => {
        const shows = records.map((one, i) => show(`s-${i}`, one.title, one.year))
        const asked = { show: title, year }
        const one = resolveShow(asked, catalogueIndex(shows))
        const other = resolveShow(asked, catalogueIndex([...shows].reverse()))
        expect(other.ok && other.id).toEqual(one.ok && one.id)
        if (!one.ok) return
        expect(one.show.title).toBe(title)
        const began = Number(one.show.seasons?.[0]?.premiere?.slice(0, 4) ?? Number.NaN)
        if (year && !Number.isNaN(began)) expect(Math.abs(began - year)).toBeLessThanOrEqual(1)
        const alike = shows.filter(
          (s) => s.title === title && s.seasons?.[0]?.premiere === one.show.seasons?.[0]?.premiere,
        )
        expect(alike).toHaveLength(1)
      },
    ),
  )
})
