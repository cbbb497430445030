import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * What a page has read while it was made, as tags (lib/shared/tags). The page cache keeps a page until one of them
 * expires. The store hangs on globalThis: the server and Next's bundles each have a copy of this file.
 */
const KEY = Symbol.for('greenlit.reads')
const shared = globalThis as { [KEY]?: AsyncLocalStorage<Set<string>> }
shared[KEY] ??= new AsyncLocalStorage()
const reading = shared[KEY]

/** Notes that the page being made says something that changes when one of `tags` expires. Free of effect elsewhere. */
export function reads(...tags: string[]): void {
  const noted = reading.getStore()
  if (noted) for (const tag of tags) noted.add(tag)
}

/** Does `work` and tells what it read. */
export async function noteReads<T>(work: () => Promise<T>): Promise<{ result: T; tags: string[] }> {
  const noted = new Set<string>()
  const result = await reading.run(noted, work)
  return { result, tags: [...noted] }
}
