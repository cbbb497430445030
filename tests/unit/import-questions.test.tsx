import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Questions } from '@/app/following/import/[id]/questions'
import type { Candidate, Question } from '@/lib/imports/types'

const candidate = (slug: string, title: string, year: number | null): Candidate => ({
  slug,
  title,
  originalTitle: null,
  kind: 'scripted',
  genres: ['Drama'],
  year,
  country: 'Norway',
  matched: '',
})
const question = (position: number, title: string, candidates: Candidate[]): Question => ({
  position,
  title,
  year: null,
  season: null,
  ids: '',
  candidates,
  plain: false,
})
const choices = [candidate('winter-harbour', 'Winter Harbour', 2021), candidate('winter', 'Winter', null)]

describe('the questions of an import', () => {
  it('are a fieldset each under the name as it was read, with the choices best first and their covers and years', () => {
    const html = renderToStaticMarkup(
      <Questions
        questions={[question(4, 'Winter: Harbour', choices), question(7, 'Else', choices)]}
        until="x"
      />,
    )
    expect(html.match(/<fieldset/g)).toHaveLength(2)
    expect(html).toMatch(/<legend>Winter: Harbour/)
    expect(
      [...html.matchAll(/name="(answer\.\d+)" value="([^"]+)"/g)].map(([, name, value]) => [name, value]),
    ).toEqual([
      ['answer.4', 'winter-harbour'],
      ['answer.4', 'winter'],
      ['answer.4', 'none'],
      ['answer.7', 'winter-harbour'],
      ['answer.7', 'winter'],
      ['answer.7', 'none'],
    ])
    expect(html).toContain('2021, Norway')
    expect(html.match(/<svg class="poster /g)).toHaveLength(4)
  })

  it('have no covers beyond the hundredth, so that thousands of them stay a page', () => {
    const many = Array.from({ length: 150 }, (_, i) => question(i, `Show ${i}`, choices))
    const html = renderToStaticMarkup(<Questions questions={many} until="x" />)
    expect(html.match(/<fieldset/g)).toHaveLength(150)
    expect(html.match(/<svg class="poster /g)).toHaveLength(200)
  })
})
