import { once } from 'node:events'
import { createWriteStream, renameSync, rmSync } from 'node:fs'
import { CommandError } from './command-line'

/**
 * Writes a file line by line beside its place and moves it there when it is whole: a stopped export leaves no half
 * file, and what was there stays until then. `-` is standard output.
 */
export async function writeFileWhole<T>(
  file: string,
  produce: (write: (line: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const draft = `${file}.draft-${process.pid}`
  const stream = file === '-' ? process.stdout : createWriteStream(draft)
  let trouble: NodeJS.ErrnoException | undefined
  stream.on('error', (error) => {
    trouble = error
  })
  const check = () => {
    if (trouble) throw new CommandError(`${file} cannot be written (${trouble.code})`)
  }
  const write = async (line: string) => {
    check()
    if (!stream.write(line)) await once(stream, 'drain').catch(() => {})
    check()
  }
  try {
    const result = await produce(write)
    if (file === '-') return result
    await new Promise<void>((go) => stream.end(go).once('error', () => go()))
    check()
    renameSync(draft, file)
    return result
  } catch (error) {
    if (file !== '-') rmSync(draft, { force: true })
    throw error
  }
}
