/** Which tests failed, out of the two runners' reports. Pure. */
import path from 'node:path'

/** What is read of Vitest's JSON report. */
type VitestReport = {
  testResults?: {
    name: string
    message?: string
    assertionResults?: { status: string; fullName: string; failureMessages?: string[] }[]
  }[]
}

/** What is read of Playwright's JSON report. */
type JourneySuite = {
  suites?: JourneySuite[]
  specs?: {
    title: string
    file: string
    tests?: { status: string; results?: { error?: { message?: string } }[] }[]
  }[]
}

/** Lines kept of a failure's message: what was expected and received, not the whole stack. */
const MESSAGE_LINES_MAX = 12

const headOf = (message: string) => message.trim().split('\n').slice(0, MESSAGE_LINES_MAX).join('\n  ')

const describe = (file: string, title: string, message: string) =>
  [`${file} › ${title}`, headOf(message)].filter(Boolean).join('\n  ')

/** A text for each failed test of a Vitest report: its file from `root`, its name, the head of its message. */
export function failedTests(report: VitestReport | null, root: string): string[] {
  return (report?.testResults ?? []).flatMap(({ name, message, assertionResults = [] }) => {
    const file = path.relative(root, name)
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    // A file that could not be read, or whose preparation failed, has a message of its own.
    if (failed.length === 0) return message ? [describe(file, 'the file as a whole', message)] : []
    return failed.map(({ fullName, failureMessages = [] }) =>
      describe(file, fullName, failureMessages[0] ?? ''),
    )
  })
}

/** The same of a Playwright report; a journey that passed only when repeated counts as failed. */
export function failedJourneys(report: JourneySuite | null): string[] {
  const here = (report?.specs ?? []).flatMap(({ title, file, tests = [] }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results = [] }) =>
        describe(file, title, results.find(({ error }) => error)?.error?.message ?? ''),
      ),
  )
  return [...here, ...(report?.suites ?? []).flatMap(failedJourneys)]
}
