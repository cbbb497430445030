/** What can be brought, for the page that asks for it. Pure. */
import { FORMATS } from './formats/all'

/**
 * The services whose files are read, each with where its owner gets them, in the order of the formats and our own last;
 * those of which the same is said stand together.
 */
export function servicesRead(): { names: string; get: string }[] {
  const bySaid = new Map<string, string[]>()
  const said = FORMATS.filter(({ get }) => get !== undefined)
  for (const { service, get = '' } of [...said.slice(1), ...said.slice(0, 1)])
    bySaid.set(get, [...(bySaid.get(get) ?? []), service])
  return [...bySaid].map(([get, names]) => ({ names: names.join(', '), get }))
}
