import { describe, expect, test } from 'vitest'
import { failedJourneys, failedTests } from '@/lib/launcher/failures'

describe('the end of npm test names what failed', () => {
  test('a test by its file and name, with what was expected', () => {
    const report = {
      testResults: [
        {
          name: '/house/tests/unit/day.test.ts',
          assertionResults: [
            { status: 'passed', fullName: 'a day is a day' },
            { status: 'failed', fullName: 'a leap day is one', failureMessages: ['expected 28 to be 29'] },
          ],
        },
      ],
    }
    expect(failedTests(report, '/house')).toEqual([
      'tests/unit/day.test.ts › a leap day is one\n  expected 28 to be 29',
    ])
  })

  test('a file that could not be read at all', () => {
    const report = { testResults: [{ name: '/house/tests/a.test.ts', message: 'no such import' }] }
    expect(failedTests(report, '/house')).toEqual(['tests/a.test.ts › the file as a whole\n  no such import'])
  })

  test('a journey, however deep its group, and one that passed only the second time', () => {
    const failed = { status: 'unexpected', results: [{ error: { message: 'no button' } }] }
    const again = { status: 'flaky', results: [{ error: { message: 'too late' } }, {}] }
    const fine = { status: 'expected', results: [{}] }
    const spec = (title: string, test: typeof failed | typeof again | typeof fine) => ({
      title,
      file: 'a.spec.ts',
      tests: [test],
    })
    const report = {
      suites: [
        {
          specs: [spec('opens', fine)],
          suites: [{ specs: [spec('follows', failed), spec('is told', again)] }],
        },
      ],
    }
    expect(failedJourneys(report)).toEqual([
      'a.spec.ts › follows\n  no button',
      'a.spec.ts › is told\n  too late',
    ])
  })

  test('a long message by its head alone, and no report by nothing', () => {
    const long = Array.from({ length: 200 }, (_, i) => `line ${i}`).join('\n')
    const report = { testResults: [{ name: '/house/a.test.ts', message: long }] }
    expect(failedTests(report, '/house')[0]?.split('\n').length).toBeLessThan(20)
    expect(failedTests(null, '/house')).toEqual([])
    expect(failedJourneys(null)).toEqual([])
  })
})
