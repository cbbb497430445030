/**
 * What a killed test run left in the temporary folder: servers are ended and files removed, for runs whose
 * process is gone. Also a command: node --import tsx tests/support/sweep.ts
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** Temporary folders of tests are called this, then the id of the process they belong to. */
const OURS = /^greenlit-(?:tests|start)-(\d+)-/

/** Makes a temporary folder that other accounts can walk through (a database may run under one) and a sweep can find. */
export function temporaryFolder(kind: 'tests' | 'start'): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `greenlit-${kind}-${process.pid}-`))
  fs.chmodSync(folder, 0o755)
  return folder
}

/** Ids of the processes that work in or for a folder; empty where /proc is missing. */
export function processesOf(folder: string): number[] {
  if (!fs.existsSync('/proc/self')) return []
  return fs.readdirSync('/proc').flatMap((name) => {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid === process.pid) return []
    try {
      const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      const works = fs.readlinkSync(`/proc/${pid}/cwd`)
      return command !== '' && (command.includes(folder) || works.startsWith(folder)) ? [pid] : []
    } catch {
      return []
    }
  })
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/** Ends and removes everything of test runs that are over. */
export function sweep(): void {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const owner = OURS.exec(name)?.[1]
    if (!owner || !isGone(Number(owner))) continue
    const folder = path.join(os.tmpdir(), name)
    for (const pid of processesOf(folder)) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // Went with the one before it.
      }
    }
    try {
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    } catch {
      // Somebody else's, on a shared machine.
    }
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) sweep()
