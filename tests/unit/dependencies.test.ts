import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { ensureDependencies } from '@/lib/launcher/dependencies.mjs'

const write = (file: string, content: unknown) => {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, JSON.stringify(content))
}

it('a site is started without the tools of its tests, tests fetch them, and a site is content with both', async () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'greenlit-packages-'))
  const manifest = { name: 'house', version: '1.0.0', lockfileVersion: 3, requires: true, packages: {} }
  const tool = { 'node_modules/hammer': { version: '1.0.0', dev: true } }
  write(path.join(root, 'package.json'), { name: 'house', version: '1.0.0' })
  write(path.join(root, 'package-lock.json'), { ...manifest, packages: tool })
  write(path.join(root, 'node_modules', '.package-lock.json'), manifest)
  const said: string[] = []
  const ensure = (tools: boolean) =>
    ensureDependencies(
      root,
      { pidDir: root, logDir: root },
      (line) => said.push(line.replace(/ in .*/, '')),
      {
        tools,
      },
    )
  // What is there is all that a site needs.
  await ensure(false)
  await ensure(false)
  expect(said.splice(0)).toEqual(['packages: installed', 'packages: unchanged'])
  await ensure(true)
  await ensure(true)
  await ensure(false)
  expect(said).toEqual([
    ...['packages: installing, this happens once …', 'packages: installed'],
    ...['packages: unchanged', 'packages: unchanged'],
  ])
  fs.rmSync(root, { recursive: true })
})
