import fc from 'fast-check'
import type { CatalogueRecord } from '@/lib/catalogue/types'

const word = fc
  .stringMatching(/^[A-Za-z0-9가-힣ぁ-んé'&<>"\\:-][A-Za-z0-9가-힣ぁ-んé '&<>"\\:-]{0,20}$/)
  .map((text) => text.trim())
  .filter((text) => text.length > 0)
const words = fc.uniqueArray(word, { maxLength: 4 })
const date = fc.constantFrom('2019', '2019-03', '2019-03-14', '2019-21', '2019~', '2019-03/2019-06')
const anyId = fc.oneof(
  fc.stringMatching(/^[a-z0-9]{1,8}$/),
  fc.array(fc.stringMatching(/^[a-z0-9]{1,2}$/), { minLength: 1, maxLength: 3 }),
)

/** Somebody in a cast: now and then a name that others have or go by, or an id. */
const anyMember = fc.record(
  {
    person: fc.oneof(word, fc.constantFrom('Lomon', 'Park Solomon', 'Kim Soo-hyun')),
    character: word,
    ids: fc.dictionary(fc.constantFrom('imdb', 'tmdb'), fc.constantFrom('1', '2', '3'), {
      noNullPrototype: true,
    }),
    also: fc.uniqueArray(fc.constantFrom('Lomon', 'Claudia Kim'), { maxLength: 2 }),
  },
  { requiredKeys: ['person'], noNullPrototype: true },
)

/** A catalogue record as an importer may meet it: any title, any subset of the fields. */
export const anyRecord: fc.Arbitrary<CatalogueRecord> = fc.record(
  {
    ids: fc.dictionary(fc.constantFrom('tmdb', 'mal', 'x-1'), anyId, {
      minKeys: 1,
    }),
    title: word,
    original_title: word,
    aliases: words,
    kind: fc.constantFrom('scripted', 'anime', 'documentary'),
    country: word,
    language: word,
    network: word,
    genres: words,
    tags: words,
    creators: words,
    source_material: word,
    cast: fc.array(anyMember, { maxLength: 4 }),
    summary: word,
    popularity: fc.integer({ min: 0, max: 100 }),
    rating: fc.integer({ min: 0, max: 40 }).map((quarter) => quarter / 4),
    related_franchise: fc.uniqueArray(fc.stringMatching(/^tmdb:[0-9]{1,6}$/), { maxLength: 3 }),
    seasons: fc.uniqueArray(
      fc.record(
        {
          number: fc.integer({ min: 1, max: 40 }),
          name: word,
          premiere: date,
          finale: fc.constantFrom('2020', '2021-05-06'),
          episodes: fc.integer({ min: 1, max: 60 }),
        },
        { requiredKeys: ['number'] },
      ),
      { maxLength: 4, selector: ({ number }) => number },
    ),
    listed: fc.record({ label: word, source: word, as_of: fc.constant('2024') }),
    provenance: words,
  },
  { requiredKeys: ['ids', 'title'], noNullPrototype: true },
)
