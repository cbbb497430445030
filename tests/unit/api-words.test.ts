import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { abridged, fieldsOf, typeWords } from '@/app/api/schema-words'
import { openApi } from '@/lib/feeds/openapi'

describe('the API in words', () => {
  const { paths, components } = openApi('https://greenlit.example')

  it('says of every field and parameter what it may be', () => {
    const types = [
      ...Object.values(components.schemas).flatMap((schema) => fieldsOf(schema).map(({ type }) => type)),
      ...Object.values(paths).flatMap(({ get }) => get.parameters.map(({ schema }) => typeWords(schema))),
    ]
    expect(types.length).toBeGreaterThan(80)
    expect(types.filter((type) => /anything|undefined|\[object/.test(type))).toEqual([])
  })

  it('says bounds, choices, lists and what is taken where nothing is said', () => {
    const [, limit] = paths['/search'].get.parameters
    expect(typeWords(limit!.schema)).toBe('whole number, 1 to 50; 10 unless said')
    const fields = new Map(fieldsOf(components.schemas.Show).map((field) => [field.name, field]))
    expect(fields.get('seasons')?.type).toBe('list of Season')
    expect(fields.get('original_title')?.type).toBe('text or null')
    expect(fields.get('cast[].claim_id')).toMatchObject({ words: 'The claim that says so.' })
    expect(fieldsOf(components.schemas.ListedShow).map(({ name }) => name)).toContain('next_season.premiere')
  })

  it('is shown by a real answer of which every list is cut and nothing else is changed', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (answer) => {
        const text = JSON.stringify(abridged(answer), (_, value) => {
          if (Array.isArray(value)) expect(value.length).toBeLessThanOrEqual(1)
          return value
        })
        const isListless = !JSON.stringify(answer).includes('[')
        if (isListless) expect(text).toBe(JSON.stringify(answer))
      }),
    )
    expect(abridged({ a: [1, 2], b: { c: [] } })).toEqual({ a: [1], b: { c: [] } })
  })
})
