import 'server-only'
import { asc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { show } from '@/db/schema/show'
import { verdict } from '@/db/schema/verdict'
import type { Verdict } from './types'

/** A reader's words on shows, in the order they were said. */
export async function listVerdicts(reader: { id: string }): Promise<Verdict[]> {
  return db()
    .select({ show: show.slug, title: show.title, word: verdict.word, at: verdict.at })
    .from(verdict)
    .innerJoin(show, eq(show.id, verdict.showId))
    .where(eq(verdict.readerId, reader.id))
    .orderBy(asc(verdict.at), asc(verdict.showId))
}
