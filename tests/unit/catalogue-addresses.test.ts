import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignSlugs, type Named, slugOf } from '@/lib/catalogue/slugs'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import { keepAddresses, NO_ADDRESS } from '@/lib/workshop/catalogue/addresses'
import type { Draft } from '@/lib/workshop/catalogue/assemble'

const show = (title: string, facts: Partial<CatalogueRecord> = {}): CatalogueRecord => ({
  ids: {},
  title,
  kind: 'scripted',
  ...facts,
})
const began = (premiere: string) => ({ seasons: [{ number: 1, premiere }] })
/** A show as it was published. */
const published = (slug: string, title: string, facts: Partial<CatalogueRecord> = {}): CatalogueRecord => ({
  ...show(title, facts),
  ids: { greenlit: slug, ...facts.ids },
  slug,
})
const draft = (record: CatalogueRecord): Draft => ({
  record,
  built: { facts: [], names: new Map(), disagreements: [], arrivals: [], netflixDays: 0 },
  sets: [],
  startYear: undefined,
  slugTitles: [],
  hint: undefined,
  claimed: false,
  nextUnknown: false,
  besideNamesake: false,
})
const keep = (drafts: CatalogueRecord[], before: CatalogueRecord[]) =>
  keepAddresses(drafts.map(draft), before)

describe('the address of a published show', () => {
  test('stays, though the show is called otherwise now: an outside id says that it is the same', () => {
    const before = published('shingeki-no-kyojin', 'Shingeki no Kyojin', { ids: { mal: '16498' } })
    const now = show('Attack on Titan', { ids: { mal: ['25777', '16498'] }, kind: 'anime' })
    expect(keep([show('Shingeki'), now], [before])).toEqual({
      of: { 1: { slug: 'shingeki-no-kyojin', former: [] } },
      moved: [],
      lost: [],
    })
  })

  test('stays with the namesake it belongs to, by year, home and people', () => {
    const british = published('the-office', 'The Office', {
      country: 'United Kingdom',
      network: 'BBC Two',
      ...began('2001-07-09'),
    })
    const american = published('the-office-2005', 'The Office', {
      country: 'United States',
      network: 'NBC',
      cast: [{ person: 'Steve Carell' }],
      ...began('2005-03-24'),
    })
    const now = [american, british].map(({ slug: _, ids: __, ...record }) => ({ ...record, ids: {} }))
    expect(keep(now, [british, american]).of).toEqual({
      0: { slug: 'the-office-2005', former: [] },
      1: { slug: 'the-office', former: [] },
    })
  })

  test('that calls an anime what is none leads to a new one, and the show is given none of the old', () => {
    const before = published('anime-2016-tvmaze-2025', '3%', { kind: 'anime', ...began('2016') })
    const { of, moved } = keep([show('3%', { country: 'Brazil', ...began('2016-11-25') })], [before])
    expect(of).toEqual({ 0: { slug: null, former: ['anime-2016-tvmaze-2025'] } })
    expect(moved).toEqual([{ slug: 'anime-2016-tvmaze-2025', why: 'it said anime of a show that is none' }])
    const anime = show('3%', { kind: 'anime', ...began('2016') })
    expect(keep([anime], [before]).of, 'an anime may keep it').toEqual({
      0: { slug: 'anime-2016-tvmaze-2025', former: [] },
    })
  })

  test('is kept beside another where two published shows turn out to be one; the better known one’s is in front', () => {
    const lesser = published('la-casa-de-papel', 'La Casa de Papel', { popularity: 10, ...began('2017') })
    const better = published('money-heist', 'Money Heist', { popularity: 80, ...began('2017') })
    const now = show('Money Heist', { original_title: 'La casa de papel', ...began('2017-05-02') })
    const { of, moved } = keep([now], [lesser, better])
    expect(of).toEqual({ 0: { slug: 'money-heist', former: ['la-casa-de-papel'] } })
    expect(moved).toEqual([{ slug: 'la-casa-de-papel', why: 'the same show as money-heist' }])
  })

  test('goes on leading to where an older one led', () => {
    const before = { ...published('you', 'You', began('2018')), ids: { greenlit: ['you', 'you-2018'] } }
    expect(keep([show('You', began('2018'))], [before]).of).toEqual({
      0: { slug: 'you', former: ['you-2018'] },
    })
  })

  test('that no show of the new catalogue has is told, not dropped in silence', () => {
    const { of, lost } = keep([show('Lost', began('2004'))], [published('gone', 'Gone', began('2010'))])
    expect([of, lost]).toEqual([{}, ['gone']])
    expect(NO_ADDRESS).toEqual({ slug: null, former: [] })
  })

  test('is never lost between a catalogue and itself, and none is given twice', () => {
    const shows = fc.uniqueArray(
      fc.record({
        title: fc.constantFrom('Ghosts', 'The Bridge', 'Forever', 'Dark'),
        year: fc.integer({ min: 2000, max: 2020 }),
      }),
      { maxLength: 12, selector: ({ title, year }) => `${title} ${year}` },
    )
    fc.assert(
      fc.property(shows, (list) => {
        const before = list.map(({ title, year }, index) =>
          published(`slug-${index}`, title, { popularity: index, ...began(String(year)) }),
        )
        const { of, moved, lost } = keep(
          before.map(({ slug: _, ...record }) => ({ ...record, ids: {} })),
          before,
        )
        expect([moved, lost]).toEqual([[], []])
        expect(list.map((_, index) => of[index])).toEqual(
          list.map((_, index) => ({ slug: `slug-${index}`, former: [] })),
        )
      }),
    )
  })
})

describe('a new address', () => {
  const named = (title: string, facts: Partial<Named> = {}): Named => ({
    titles: [title],
    year: 2020,
    country: undefined,
    fallback: 'tvmaze-1',
    first: false,
    kind: 'scripted',
    published: null,
    ...facts,
  })

  test('spells what it can: signs, Cyrillic, Greek and Hangul, but not Han, which two languages read', () => {
    expect(slugOf('3%')).toBe('3-percent')
    expect(slugOf('Кухня')).toBe('kukhnya')
    expect(slugOf('Слуга народа')).toBe('sluga-naroda')
    expect(slugOf('Το νησί')).toBe('to-nisi')
    expect(slugOf('사랑의 불시착')).toBe('salangui-bulsichag')
    expect(slugOf('琅琊榜')).toBeNull()
    expect(slugOf('Кухня 愛')).toBeNull()
    expect(slugOf('進撃の巨人')).toBeNull()
  })

  test('of a title that no rule spells says what the show is, and an anime only of an anime', () => {
    expect(
      assignSlugs([named('琅琊榜'), named('進撃の巨人', { kind: 'anime', fallback: 'mal-16498' })]),
    ).toEqual(['show-2020-tvmaze-1', 'anime-2020-mal-16498'])
  })

  test('leaves the published one where it is, and a new namesake takes the suffix, however famous', () => {
    expect(
      assignSlugs(
        [
          named('Matlock', { year: 2024, first: true }),
          named('Matlock', { year: 1986, published: 'matlock' }),
        ],
        new Set(['matlock']),
      ),
    ).toEqual(['matlock-2024', 'matlock'])
  })

  test('is never one that was published to another show, though nobody bears it now', () => {
    expect(assignSlugs([named('Ghosts')], new Set(['ghosts']))).toEqual(['ghosts-2020'])
    expect(assignSlugs([named('Ghosts', { first: true })], new Set(['ghosts', 'ghosts-2020']))).toEqual([
      'ghosts-tvmaze-1',
    ])
  })

  test('is one of its own for every show, and no old one goes to a new show', () => {
    const anyShow = fc.record({
      titles: fc.constantFrom<string[]>(['Ghosts'], ['琅琊榜'], ['3%'], ['Dark', 'Finster']),
      year: fc.option(fc.constantFrom(2010, 2020), { nil: undefined }),
      country: fc.option(fc.constantFrom('France', 'Japan'), { nil: undefined }),
      fallback: fc.constantFrom('tvmaze-1', 'mal-2'),
      first: fc.boolean(),
      kind: fc.constantFrom('anime', 'scripted'),
      published: fc.constant(null),
    })
    const old = fc.constantFrom('ghosts', 'ghosts-2010', 'dark', '3-percent')
    fc.assert(
      fc.property(fc.array(anyShow, { maxLength: 10 }), fc.uniqueArray(old), (shows, published) => {
        const keepers = published.map((slug) => named(slug, { published: slug }))
        const slugs = assignSlugs([...shows, ...keepers], new Set(published))
        expect(new Set(slugs).size).toBe(slugs.length)
        expect(slugs.slice(shows.length)).toEqual(published)
        for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      }),
    )
  })
})
