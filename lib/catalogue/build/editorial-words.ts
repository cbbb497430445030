import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { CatalogueRecord } from '../types'
import { titleKey } from './names'

/** Words of ours about a show: premise tags, and a summary for the shows of the ledger. */
export interface Editorial {
  ledger: boolean
  summary?: string
  tags: string[]
  year?: number
  id?: string
}

const ledgerLine = z.object({ show: z.string(), summary: z.string().nullish(), premise_tags: z.array(z.string()).nullish() })
const premiseLine = z.object({
  title: z.string(),
  year: z.number().nullish(),
  id: z.string().nullish(),
  premise_tags: z.array(z.string()),
})

/** The editorial lines of a folder by title key; files that are not there give none. */
export function readEditorial(folder: string): Map<string, Editorial[]> {
  const found = new Map<string, Editorial[]>()
  const add = (title: string, line: Editorial) => {
    const key = titleKey(title)
    found.set(key, [...(found.get(key) ?? []), line])
  }
  const lines = (name: string) => {
    const file = path.join(folder, name)
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
  }
  for (const raw of lines('editorial.ndjson')) {
    const { show, summary, premise_tags } = ledgerLine.parse(JSON.parse(raw))
    add(show, { ledger: true, tags: premise_tags ?? [], ...(summary ? { summary } : {}) })
  }
  for (const raw of lines('premises.ndjson')) {
    const { title, year, id, premise_tags } = premiseLine.parse(JSON.parse(raw))
    add(title, { ledger: false, tags: premise_tags, ...(year ? { year } : {}), ...(id ? { id } : {}) })
  }
  return found
}

/** The record with our words in it: premise tags before the sets' own, a summary where we wrote one. */
export function withEditorial(record: CatalogueRecord, words: Editorial | undefined): CatalogueRecord {
  const said = new Set<string>()
  const tags = [...(words?.tags ?? []), ...(record.tags ?? [])].filter((tag) => {
    const key = tag.toLowerCase().replace(/[- ]/g, '')
    return !said.has(key) && said.add(key)
  })
  return { ...record, tags, ...(words?.summary ? { summary: words.summary } : {}) }
}
