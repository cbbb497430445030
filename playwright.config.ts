import { defineConfig, devices } from '@playwright/test'

const args = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
]

/** Journeys that look at notifications, which not every browser of tests can show. */
const NOTIFIED = '**/push.spec.ts'

/** `npm test` starts the site and says where it is; a journey never starts one itself. */
export default defineConfig({
  testDir: 'tests/journeys',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [['list'], ['json']] : [['list']],
  use: {
    baseURL: process.env.GREENLIT_URL ?? 'http://localhost:3000',
    locale: 'en-GB',
    timezoneId: 'UTC',
    // Pictures and copies of the page at every step would cost more than the steps; a failure still says what stood there.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    launchOptions: { executablePath: process.env.QUICK_CHROMIUM_PATH ?? process.env.CHROMIUM_PATH, args },
  },
  projects: [
    {
      name: 'wide',
      testIgnore: NOTIFIED,
      use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 } },
    },
    {
      name: 'notified',
      testMatch: NOTIFIED,
      use: {
        ...devices['Desktop Chrome'],
        launchOptions: { executablePath: process.env.CHROMIUM_PATH, args },
      },
    },
  ],
})
