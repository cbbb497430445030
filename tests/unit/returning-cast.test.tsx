import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Returning } from '@/app/_components/show/returning'
import { checkClaim } from '@/lib/ledger/record'
import { type RecordedMember, returningCast } from '@/lib/pages/returning'
import type { Day } from '@/lib/shared/day'
import type { Claim } from '@/lib/status/claim'
import { deriveSeasonStatus } from '@/lib/status/rules'
import { claim, factsOf } from '../support/ledger'
import { claimOf } from '../support/show-page'

const said = (who: string, kind: 'cast_confirmed' | 'cast_new' | 'cast_out' = 'cast_confirmed') => ({
  ...claimOf({ season: 2, kind, who }),
  state: 'stands' as const,
})

it('a person a claim names with their part is the person on record, not a second one', () => {
  const recorded = [{ person: 'Park Ji-hu', character: 'Nam On-jo' }]
  expect(returningCast(recorded, [said('Park Ji-Hu as Nam On-jo')])).toMatchObject([
    { person: 'Park Ji-hu', character: 'Nam On-jo', returning: 'confirmed' },
  ])
})

it('newcomers stand with their part, however the claim writes it', () => {
  expect(
    returningCast(
      [],
      [
        said('Rain as Baek Jeong', 'cast_new'),
        said('Lee Pace (Thragg)', 'cast_new'),
        said('Anna Camp (Raegan and Maddie Lockwood)', 'cast_new'),
        said('Fairouz Ai as Shaula (voice)', 'cast_new'),
        said('Dan Levy and Linda Hamilton', 'cast_new'),
      ],
    ).map(({ person, character }) => [person, character]),
  ).toEqual([
    ['Rain', 'Baek Jeong'],
    ['Lee Pace', 'Thragg'],
    ['Anna Camp', 'Raegan and Maddie Lockwood'],
    ['Fairouz Ai', 'Shaula'],
    ['Dan Levy', null],
    ['Linda Hamilton', null],
  ])
})

it('"core voice cast" is nobody in particular', () => {
  expect(returningCast([], [said('core voice cast')])).toEqual([])
})

it('somebody new never comes back, and a list in one note is a list of people', () => {
  const note = claim({
    kind: 'cast_new',
    who: 'Helena Bonham Carter',
    personStatus: 'confirmed',
    publishedOn: '2026-03-04',
    value: 'Helena Bonham Carter, Steve Coogan and Chris Messina cast.',
  })
  expect(returningCast([], [{ ...note, state: 'stands' }])).toMatchObject([
    { person: 'Helena Bonham Carter', returning: 'new' },
    { person: 'Steve Coogan', returning: 'new' },
    { person: 'Chris Messina', returning: 'new' },
  ])
  const left = claim({
    kind: 'cast_out',
    who: 'Helena Bonham Carter',
    publishedOn: '2026-05-02',
    by: 'Other',
  })
  const both = [
    { ...left, state: 'stands' },
    { ...note, state: 'superseded' },
  ]
  expect(returningCast([], both).find(({ person }) => person.startsWith('Helena'))?.returning).toBe('out')
})

const TODAY = '2026-11-30'
/** The cast of a season to come, its claims weighed by the real rules. */
const castOf = (claims: Claim[], recorded: RecordedMember[] = []) => {
  const { states } = deriveSeasonStatus(claims, TODAY, factsOf(4))
  return returningCast(
    recorded,
    claims.map((one) => ({ ...one, state: states[one.id] ?? 'stands' })),
  )
}
const of = (person: string, claims: Claim[], recorded: RecordedMember[] = []) =>
  castOf(claims, recorded).find((member) => member.person === person)
const HELENA = 'Helena Bonham Carter'
const member = (person: string, also: string[] = []) => ({ person, character: null, also })

describe('The White Lotus, season 4: Helena Bonham Carter was new and left', () => {
  const cast = claim({
    season: 4,
    kind: 'cast_new',
    who: HELENA,
    personStatus: 'confirmed',
    publishedOn: '2026-03-04',
    value: 'Helena Bonham Carter, Steve Coogan, Chris Messina cast',
    sourceClass: 'fan',
    by: 'The GWW',
  })
  const left = claim({
    season: 4,
    kind: 'cast_out',
    who: HELENA,
    personStatus: 'out',
    publishedOn: '2026-04-25',
    value: 'Departs the season 4 cast',
    sourceClass: 'trade',
    by: 'Deadline',
  })
  const replaced = claim({
    season: 4,
    kind: 'cast_new',
    who: 'Laura Dern',
    personStatus: 'new',
    publishedOn: '2026-04-29',
    value: 'Replaces Helena Bonham Carter',
    by: 'Vulture',
  })

  it('she is out, by the claim that says so, and who stood beside her in the note is still new', () => {
    expect(castOf([cast, left, replaced])).toMatchObject([
      { person: 'Steve Coogan', character: null, returning: 'new', claimId: cast.id },
      { person: 'Chris Messina', character: null, returning: 'new', claimId: cast.id },
      { person: HELENA, character: null, returning: 'out', claimId: left.id },
      { person: 'Laura Dern', character: null, returning: 'new', claimId: replaced.id },
    ])
  })

  it('she is out too where the network itself had cast her: a newer report that somebody left is news', () => {
    const official = { ...cast, id: 'c_official', sourceClass: 'official' as const }
    expect(of(HELENA, [official, { ...left, sourceClass: 'press' }])).toMatchObject({ returning: 'out' })
  })

  it('a fan page alone takes nobody out whom the network has cast, and an older word takes nobody out', () => {
    const official = { ...cast, sourceClass: 'official' as const }
    const fan = { ...left, sourceClass: 'fan' as const }
    expect(of(HELENA, [official, fan])).toMatchObject({ returning: 'new', claimId: official.id })
    expect(of(HELENA, [official, { ...left, publishedOn: '2026-02-01' }])).toMatchObject({ returning: 'new' })
  })
})

describe('who is expected back', () => {
  const says = (more: Partial<Claim>) =>
    claim({ kind: 'cast_confirmed', who: 'Bella Ramsey', publishedOn: '2026-05-01', ...more } as never)

  it('a maker who hopes to have somebody back confirms nobody; a report that they signed does', () => {
    const hope = says({ modality: 'planned', sourceClass: 'interview' })
    expect(of('Bella Ramsey', [hope])).toMatchObject({ returning: 'expected', claimId: hope.id })
    const signed = says({ publishedOn: '2026-04-01' })
    expect(of('Bella Ramsey', [hope, signed])).toMatchObject({ returning: 'confirmed', claimId: signed.id })
  })

  it('"expected" is a status a claims file may give, and a casting that is only reported is a plan', () => {
    const line = {
      show: 'A',
      season: 2,
      value: 'Is expected back.',
      publisher: 'The Paper',
      source_class: 'press',
      url: 'https://paper.example/a',
      kind: 'cast_confirmed',
      who: 'Bella Ramsey',
      status: 'expected',
    }
    const read = checkClaim(line, TODAY)
    if (!read.ok) throw new Error(read.problems.join())
    expect(read.claim.personStatus).toBe('expected')
    expect(of('Bella Ramsey', [says({ personStatus: read.claim.personStatus })])?.returning).toBe('expected')
    const talks = checkClaim({ ...line, kind: 'cast_new', status: 'new', modality: 'reported' }, TODAY)
    expect(talks).toMatchObject({ ok: true, claim: { modality: 'planned' } })
  })

  it('an aggregator that infers a return confirms nobody', () => {
    expect(of('Bella Ramsey', [says({ sourceClass: 'aggregator' })])).toMatchObject({ returning: 'expected' })
  })

  it('"in talks to join" makes nobody new, and "may not return" takes nobody out', () => {
    const talks = claim({ kind: 'cast_new', who: 'Nicolas Cage', modality: 'planned' })
    expect(castOf([talks])).toEqual([])
    const doubt = says({ kind: 'cast_out', modality: 'planned', publishedOn: '2026-06-01' })
    expect(of('Bella Ramsey', [doubt, says({})])).toMatchObject({ returning: 'confirmed' })
  })

  it('who left may be expected again by a later word, and not by an earlier one', () => {
    const left = says({ kind: 'cast_out', publishedOn: '2026-06-01' })
    const hope = (publishedOn: Day) => says({ modality: 'planned', sourceClass: 'interview', publishedOn })
    expect(of('Bella Ramsey', [left, hope('2026-05-01')])).toMatchObject({ returning: 'out' })
    expect(of('Bella Ramsey', [left, hope('2026-09-01')])).toMatchObject({ returning: 'expected' })
  })

  it('somebody new is not back, though a later note calls them confirmed', () => {
    const cast = claim({ kind: 'cast_new', who: 'Seo Ji-hoon', publishedOn: '2025-06-24' })
    const again = claim({ kind: 'cast_confirmed', who: 'Seo Ji-hoon', publishedOn: '2025-07-23' })
    expect(of('Seo Ji-hoon', [cast, again])).toMatchObject({ returning: 'new', claimId: cast.id })
  })
})

describe('of whom nobody has said anything', () => {
  const recorded = [member('Park Ji-hu'), member('Park Solomon', ['Lomon']), member('Lee Yoo-mi')]
  const back = claim({ kind: 'cast_confirmed', who: 'Lomon as Lee Su-hyeok', publishedOn: '2025-07-23' })

  it('is unknown while others are spoken of, and nothing while nobody is', () => {
    expect(castOf([back], recorded).map(({ returning }) => returning)).toEqual([
      'unknown',
      'confirmed',
      'unknown',
    ])
    expect(castOf([], recorded).map(({ returning }) => returning)).toEqual([null, null, null])
  })

  it('a note about "Lomon" is about Park Solomon, who is there once', () => {
    expect(castOf([back], recorded)).toHaveLength(3)
    expect(of('Park Solomon', [back], recorded)).toMatchObject({ returning: 'confirmed', claimId: back.id })
  })

  it('the page says in words that nobody has said, under no heading of who is back', () => {
    const page = (begun: boolean) =>
      renderToStaticMarkup(
        <Returning cast={castOf([back], recorded)} season={2} begun={begun} claimHref={(id) => `#${id}`} />,
      )
    expect(page(false)).toContain('Nobody has said whether Park Ji-hu or Lee Yoo-mi return.')
    expect(page(false)).toContain(`href="#${back.id}"`)
    expect(page(true)).not.toContain('Nobody has said')
  })
})

it('whatever is said, everybody is there once, unknown needs no claim, and every other word names one that is about them', () => {
  const anyCast = fc.record({
    kind: fc.constantFrom('cast_confirmed' as const, 'cast_new' as const, 'cast_out' as const),
    who: fc.constantFrom('Ann Lee', 'Bo Kim', 'Cy Roe', 'Ann Lee and Bo Kim'),
    modality: fc.constantFrom('done' as const, 'planned' as const),
    personStatus: fc.constantFrom(null, 'expected' as const, 'new' as const, 'returning' as const),
    sourceClass: fc.constantFrom('official' as const, 'press' as const, 'fan' as const),
    publishedOn: fc.constantFrom(null, '2026-01-01', '2026-03-01', '2026-09-01'),
  })
  fc.assert(
    fc.property(fc.array(anyCast, { maxLength: 8 }), (given) => {
      const claims = given.map((one) => claim(one))
      const cast = castOf(claims, [member('Ann Lee'), member('Dee Poe')])
      expect(new Set(cast.map(({ person }) => person)).size).toBe(cast.length)
      const isSpokenOf = cast.some(({ claimId }) => claimId)
      for (const { person, returning, claimId } of cast) {
        expect(claimId === null).toBe(returning === null || returning === 'unknown')
        if (claimId === null) expect(returning).toBe(isSpokenOf ? 'unknown' : null)
        else expect(claims.find(({ id }) => id === claimId)?.who).toContain(person)
        // Whom only notes of newcomers name never comes back.
        const own = claims.filter(({ who }) => who?.includes(person))
        if (own.every(({ kind }) => kind === 'cast_new'))
          expect(returning ?? '').not.toMatch(/confirmed|expected/)
      }
      expect(castOf([...claims].reverse(), [member('Ann Lee'), member('Dee Poe')])).toEqual(
        expect.arrayContaining(cast),
      )
    }),
  )
})
