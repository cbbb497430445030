import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type postgres from 'postgres'

/**
 * The PostgreSQL driver under test: the installed one, or the copy in the folder POSTGRES_DRIVER names, so
 * that the drills can be run against an unpatched or a newer release.
 */
export async function loadDriver(): Promise<typeof postgres> {
  const folder = process.env.POSTGRES_DRIVER
  const loaded = folder
    ? await import(/* @vite-ignore */ pathToFileURL(path.resolve(folder, 'src/index.js')).href)
    : await import('postgres')
  return loaded.default
}
