import { expect, test } from 'vitest'
import { mean, ndcgAt } from '@/lib/learning/ranking-metrics'
import { SETTINGS } from '@/lib/learning/trees'
import { indexTitles, withModel } from '@/lib/related/compared'
import { listAt } from '@/lib/related/rules'
import { seeded } from '@/lib/shared/random'
import { cardLesson, crossValidateCards, learnCards } from '@/lib/workshop/related/card-training'
import { aTitle } from '../support/titles'

/** Shows of six worlds, twenty each, that share two premises; people name the better known ones. */
const titles = Array.from({ length: 120 }, (_, i) =>
  aTitle(`s${String(i).padStart(3, '0')}`, {
    title: `${i} of a world`,
    tags: [`premise ${i % 6}`, `setting ${i % 6}`],
    popularity: (i * 37) % 120,
  }),
)
const shows = titles.map(({ id, title, year, kind }) => ({
  ids: [id],
  names: [title],
  year,
  kind,
  country: null,
}))
const pairs = titles.flatMap((_, source) =>
  titles.flatMap((other, related) =>
    source !== related && source % 6 === related % 6 && other.popularity! >= 80
      ? [{ source, related, weight: 1 }]
      : [],
  ),
)
/** Few trees are enough for one rule. */
const settings = { ...SETTINGS, trees: 12, depth: 3, rate: 0.3 }
const index = indexTitles(titles)
const lesson = cardLesson(index, { titles, shows }, { name: 'fame', titles: shows, pairs })
const worth = (of: typeof index, sources: number[]) =>
  mean(
    sources.map((source) =>
      ndcgAt(
        listAt(of, source).map(({ title }) => title),
        lesson.named.get(source)!,
        10,
      ),
    ),
  )

test('cards learn what people go by, and find it beside shows that nobody was asked about', () => {
  const plain = worth(index, [...lesson.named.keys()])
  const judged = crossValidateCards(index, [lesson], { folds: 2, random: seeded(1), settings })
  expect(judged.get('fame')).toHaveLength(120)
  expect(mean(judged.get('fame')!)).toBeGreaterThan(plain + 0.2)
})

test('the same pairs and the same chance teach the same order', () => {
  const taught = () => withModel(index, learnCards(index, [lesson], { random: seeded(2), settings }))
  const [one, other] = [taught(), taught()]
  expect(listAt(one, 17)).toEqual(listAt(other, 17))
  expect(worth(one, [17, 60, 115])).toBeGreaterThan(worth(index, [17, 60, 115]))
})

test('pairs count where the site knows both ends, and nowhere else', () => {
  const strange = { ids: ['other:1'], names: ['Nobody Knows This'], year: 1999, kind: null, country: null }
  const set = {
    name: 'strange',
    titles: [...shows.slice(0, 2), strange],
    pairs: [
      { source: 0, related: 1, weight: 1 },
      { source: 0, related: 2, weight: 1 },
      { source: 2, related: 1, weight: 1 },
    ],
  }
  expect([...cardLesson(index, { titles, shows }, set).named]).toEqual([[0, new Set([1])]])
})
