import { spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { needSpace, openDataFolder, secretsIn, takeHouse } from '@/lib/launcher/data-folder.mjs'
import { whyNodeTooOld } from '@/lib/launcher/node-version.mjs'
import { endRecorded, identityOf, isRunning, startRecorded, writeJson } from '@/lib/launcher/processes.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'greenlit-unit-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('starting refuses in one clear sentence', () => {
  it('on a Node that is too old, and on no other', () => {
    for (const version of ['12.22.0', '18.20.4', '20.18.3']) {
      expect(whyNodeTooOld(version)).toBe(
        `Greenlit needs Node 20.19 or newer and this is Node ${version}: install a newer one from https://nodejs.org.`,
      )
    }
    for (const version of ['20.19.0', '20.20.2', '22.0.0', '24.1.0'])
      expect(whyNodeTooOld(version)).toBeNull()
  })

  it('when the data folder belongs to somebody else or is no folder of ours', () => {
    if (process.getuid?.() === 0) {
      chownSync(folder, 65_534, 65_534)
      expect(() => openDataFolder(folder)).toThrow(/belongs to user 65534, not to .+ chown -R/)
    }
    writeFileSync(join(folder, 'file'), '')
    expect(() => openDataFolder(join(folder, 'file', 'data'))).toThrow(/cannot be written by/)
  })

  it('when the disk cannot hold what comes next', () => {
    expect(() => needSpace(folder, 1e12)).toThrow(/The disk is full or nearly so: \d+ MB are free/)
    expect(() => needSpace(folder, 0)).not.toThrow()
  })

  it('while another start runs in the same checkout, naming its address', () => {
    const places = openDataFolder(folder)
    const first = takeHouse(places)
    expect(() => takeHouse(places)).toThrow(/already starting from this folder/)
    first.tell('http://localhost:3000')
    expect(() => takeHouse(places)).toThrow(/already runs from this folder, at http:\/\/localhost:3000/)
    first.leave()
    takeHouse(places).leave()
    expect(existsSync(join(folder, 'house.json'))).toBe(false)
  })

  it('when the secrets cannot be read, rather than make new ones for an old database', () => {
    writeFileSync(join(folder, 'secrets.json'), '{"authSec')
    expect(() => secretsIn(folder)).toThrow(/cannot be read: restore it/)
  })
})

describe('a start after a kill', () => {
  it('takes over the claim of a start that is gone, also when its number lives on in another program', () => {
    const places = openDataFolder(folder)
    writeJson(join(folder, 'house.json'), { pid: process.ppid, identity: 'another life', url: null })
    const house = takeHouse(places)
    expect(JSON.parse(readFileSync(join(folder, 'house.json'), 'utf8')).pid).toBe(process.pid)
    house.leave()
  })

  it('ends what was left running, and nothing that merely has its number', async () => {
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const [pids, logs] = [join(folder, 'pids'), join(folder, 'logs')]
    const { child } = startRecorded({
      name: 'web',
      pidDir: pids,
      logDir: logs,
      cwd: folder,
      command: process.execPath,
      args: ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'],
    })
    const left = { pid: child.pid!, identity: identityOf(child.pid!) }
    writeJson(join(pids, 'worker.json'), { pid: bystander.pid, identity: 'another life' })
    expect(await endRecorded(pids, { graceMs: 300 })).toEqual(['web'])
    expect(isRunning(left)).toBe(false)
    expect(identityOf(bystander.pid!)).not.toBeNull()
    bystander.kill('SIGKILL')
  })

  it('finds the secrets of the first start, readable by their owner only', () => {
    const secrets = secretsIn(folder)
    expect(secretsIn(folder)).toEqual(secrets)
    expect(secrets.databasePassword.length).toBeGreaterThan(40)
    expect(statSync(join(folder, 'secrets.json')).mode & 0o077).toBe(0)
  })
})
