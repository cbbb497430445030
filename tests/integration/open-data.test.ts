import { expect, test } from 'vitest'
import { importCatalogue } from '@/lib/catalogue/commands'
import { retractClaim } from '@/lib/ledger/commands'
import { makeExport } from '@/lib/open-data/commands'
import { exported, Replica } from '../support/open-data'
import { Clock, said } from '../support/telling'

process.env.GREENLIT_ROLE = 'worker'

test('first', async () => {
  const clock = new Clock(new Date('2026-11-02T10:00:00Z'))
  await importCatalogue([
    JSON.stringify({
      ids: { tvmaze: '1' },
      slug: 'dark',
      title: 'Dark',
      seasons: [{ number: 1, premiere: '2017-12-01' }],
      cast: [{ person: 'Ana Lee' }],
    }),
  ])
  await said({ show: 'dark', kind: 'renewed' }, clock)
  await said({ show: 'dark', kind: 'release_date', date: '2027-03-01' }, clock)
  const { files, manifest } = await exported()
  console.log(files, JSON.stringify(manifest, null, 1))
  const replica = new Replica()
  await replica.follow()
  expect(replica.files()).toEqual(files)
  const id = JSON.parse(files.claims.split('\n')[0]!).id
  await retractClaim(id, 'wrong', { today: '2026-11-03', now: clock.now() })
  await replica.follow()
  expect(replica.files()).toEqual((await exported()).files)
  expect(await makeExport(clock.now())).toBe(true)
  expect(await makeExport(clock.now())).toBe(false)
})
