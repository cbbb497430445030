import { expect, it } from 'vitest'
import { statementsInWords } from '@/app/_components/words'

it('counts statements without a day apart from the dated ones', () => {
  expect(statementsInWords({ dated: 2100, undated: 400 })).toBe('2,100 dated statements, 400 without a day')
  expect(statementsInWords({ dated: 1, undated: 0 })).toBe('1 dated statement')
})
