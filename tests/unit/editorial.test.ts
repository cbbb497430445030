import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { editorialRecord, parseEditorial, parsePremises, parseTagged } from '@/lib/catalogue/editorial'
import type { CatalogueRecord } from '@/lib/catalogue/types'

const root = path.resolve(import.meta.dirname, '../..')
const starter = (name: string) => readFileSync(path.join(root, 'db/starter', name), 'utf8')
const editorial = parseEditorial(starter('editorial.ndjson'))
const premises = parsePremises(starter('premises.ndjson'))
const tagged = parseTagged(starter('tagged.ndjson'))
const vocabulary = starter('premise-tags.txt').trimEnd().split('\n')

const catalogue = new Map<string, CatalogueRecord>(
  starter('catalogue.ndjson')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map((show) => [show.slug, show]),
)

/** Episodes of the seasons we recap and no set counts, so that a sentence cannot claim to stop after the finale. */
const EPISODES: Record<string, number> = {
  '3 Body Problem 1': 8,
  'Alice in Borderland 1': 8,
  'All of Us Are Dead 1': 12,
  'Andor 1': 12,
  'Arcane 1': 9,
  'Beef 1': 10,
  'Chainsaw Man 1': 12,
  'Dark 3': 8,
  'Fallout 1': 8,
  "Frieren: Beyond Journey's End 1": 28,
  'Hellbound 1': 6,
  'House of the Dragon 1': 10,
  'House of the Dragon 2': 8,
  'Invincible 1': 8,
  'Kingdom 1': 6,
  'One Piece 1': 8,
  'Paradise 1': 8,
  'Severance 1': 9,
  'Severance 2': 10,
  'Silo 1': 10,
  'Silo 2': 10,
  'Squid Game 1': 9,
  'Squid Game 2': 7,
  'Squid Game 3': 6,
  'Stranger Things 4': 9,
  'The Bear 1': 8,
  'The Last of Us 1': 9,
  'The Last of Us 2': 7,
  'Wednesday 1': 8,
  'Avatar: The Last Airbender 1': 8,
  'Daredevil: Born Again 1': 9,
  'Emily in Paris 4': 10,
  'Foundation 2': 10,
  'From 3': 10,
  'Ginny & Georgia 3': 10,
  'Industry 3': 8,
  'Lupin 1': 5,
  'Only Murders in the Building 4': 10,
  'Outer Banks 4': 10,
  'Shrinking 2': 12,
  'Slow Horses 4': 6,
  'Spy x Family 1': 25,
  'The Night Agent 2': 10,
}

describe('the texts we wrote ourselves', () => {
  it('are well formed, plain and without praise', () => {
    expect(editorial.problems).toEqual([])
    expect(editorial.records.length).toBeGreaterThanOrEqual(133)
  })

  it('name each show once', () => {
    const slugs = editorial.records.map((r) => r.slug)
    expect(new Set(slugs).size).toBe(slugs.length)
    expect(slugs.filter((slug) => !catalogue.has(slug))).toEqual([])
  })

  it('use premise tags of one vocabulary, and every tag of it', () => {
    const used = new Set(
      [...editorial.records, ...premises.records, ...tagged.records].flatMap((r) => r.premise_tags),
    )
    expect([...used].filter((tag) => !vocabulary.includes(tag))).toEqual([])
    expect(vocabulary.filter((tag) => !used.has(tag))).toEqual([])
    expect(new Set(vocabulary.map((tag) => tag.toLowerCase())).size).toBe(vocabulary.length)
  })

  it('give well-known shows a premise, each once', () => {
    expect([...premises.problems, ...tagged.problems]).toEqual([])
    const keys = [
      ...premises.records.map((r) => r.id ?? `${r.title}|${r.year}|${r.country}`),
      ...tagged.records.map((r) => `${r.title}|${r.year}|${r.country}`),
    ]
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
  })

  it('recap at least twelve shows, All of Us Are Dead season 1 among them', () => {
    expect(editorial.records.filter((r) => r.recaps.length > 0).length).toBeGreaterThanOrEqual(12)
    const aouad = editorial.records.find((r) => r.show === 'All of Us Are Dead')
    expect(aouad?.recaps.map((r) => r.season)).toContain(1)
  })

  it('never recap past the end of a season, and tell it to the end', () => {
    for (const { slug, show, recaps } of editorial.records)
      for (const { season, sentences } of recaps) {
        const recorded = catalogue.get(slug)?.seasons?.find(({ number }) => number === season)?.episodes
        const episodes = recorded ?? EPISODES[`${show} ${season}`]
        expect(episodes, `${show} ${season} has a known number of episodes`).toBeDefined()
        expect(sentences.at(-1)?.through_episode, `${show} ${season}`).toBe(episodes)
        expect(sentences[0]?.through_episode, `${show} ${season}`).toBeLessThanOrEqual(3)
      }
  })
})

describe('an editorial line', () => {
  const sound = {
    slug: 'a-show',
    show: 'A Show',
    summary: `A quiet town wakes to find its bridge gone. ${'The people in it wait for news of it. '.repeat(4).trim()}`,
    premise_tags: ['small town', 'survival', 'friendship'],
    recaps: [],
  }
  const recap = (...through: number[]) => [
    {
      season: 1,
      sentences: through.map((n) => ({ text: 'Something happens in the town.', through_episode: n })),
    },
  ]

  it('is accepted when sound', () => {
    expect(editorialRecord.safeParse(sound).success).toBe(true)
    expect(editorialRecord.safeParse({ ...sound, recaps: recap(1, 1, 2, 3, 3, 4, 5) }).success).toBe(true)
  })

  it.each([
    ['an exclamation', { summary: sound.summary.replace('gone.', 'gone!') }],
    ['praise', { summary: sound.summary.replace('quiet', 'stunning') }],
    ['a bidi override', { summary: sound.summary.replace('quiet', 'qui\u202eet') }],
    ['a control character', { summary: sound.summary.replace('quiet', 'qui\u0007et') }],
    ['a summary of one word', { summary: 'Short.' }],
    ['the same tag twice', { premise_tags: ['survival', 'survival', 'friendship'] }],
    ['a recap that goes backwards', { recaps: recap(1, 1, 2, 3, 2, 4, 5) }],
    ['a recap sentence of episode 0', { recaps: recap(0, 1, 2, 3, 3, 4, 5) }],
    ['an unknown field', { quote: 'somebody else wrote this' }],
  ])('is refused with %s', (_what, change) => {
    expect(editorialRecord.safeParse({ ...sound, ...change }).success).toBe(false)
  })

  it('is named by its number when it is broken, and the rest is still read', () => {
    const { records, problems } = parseEditorial(`${JSON.stringify(sound)}\n{"show": "Half a li\n`)
    expect(records).toHaveLength(1)
    expect(problems).toEqual([{ line: 2, problem: 'line 2 is not valid JSON' }])
  })
})

const claimsDir = path.join(root, '../shared/data/claims')

it('our texts cover at least four of five shows that somebody spoke of; of the others too little is surely known', () => {
  const covered = new Set(editorial.records.map(({ slug }) => `greenlit:${slug}`))
  const titled = new Map([...catalogue].map(([slug, { title }]) => [title, `greenlit:${slug}`]))
  const claims = starter('claims.ndjson').trimEnd().split('\n')
  const shows = new Set(claims.map((line) => (JSON.parse(line) as { show: string }).show))
  const found = [...shows].filter((show) => covered.has(titled.get(show) ?? show))
  expect(found.length / shows.size).toBeGreaterThan(0.8)
})

describe.runIf(existsSync(claimsDir))('beside the claims they belong to, our texts', () => {
  type Claim = { show: string; quote?: string | null }
  const claims = (existsSync(claimsDir) ? readdirSync(claimsDir) : [])
    .filter((name) => name.startsWith('claims-'))
    .flatMap((name) => readFileSync(path.join(claimsDir, name), 'utf8').trimEnd().split('\n'))
    .map((line) => JSON.parse(line) as Claim)

  const sixes = (text: string) => {
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
    return words.slice(5).map((_, i) => words.slice(i, i + 6).join(' '))
  }

  it('share no run of six words with a quoted page', () => {
    const quoted = new Set(claims.flatMap((c) => sixes(c.quote ?? '')))
    const shared = editorial.records.flatMap((r) =>
      [r.summary, ...r.recaps.flatMap((recap) => recap.sentences.map((s) => s.text))]
        .flatMap(sixes)
        .filter((run) => quoted.has(run))
        .map((run) => `${r.show}: ${run}`),
    )
    expect(shared).toEqual([])
  })
})
