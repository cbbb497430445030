/** What a reader asked for, and what that means for one notice. Pure. */
import type { NoticeKind, Want } from '@/db/schema/words'
import type { Wishes } from './types'

const WANT_OF: Record<Exclude<NoticeKind, 'correction'>, Want> = {
  announced: 'decision',
  renewed: 'decision',
  cancelled: 'decision',
  'final-season': 'decision',
  dated: 'dates',
  moved: 'dates',
  'window-missed': 'dates',
  premiere: 'premiere',
  premiered: 'premiere',
  complete: 'complete',
  'filming-started': 'filming',
  'filming-wrapped': 'filming',
  'cast-confirmed': 'cast',
  trailer: 'trailer',
}

/** Whether a kind of news is wanted. A correction always is: it goes only to who was told the wrong thing. */
export function isWanted(kind: NoticeKind, { wants }: Pick<Wishes, 'wants'>): boolean {
  return kind === 'correction' || wants.includes(WANT_OF[kind])
}

/** Wishes of a follow laid over its reader's own. */
export function wishesOf(
  preference: Wishes,
  follow: { wants: Want[] | null; leadDays: number | null; cadence: Wishes['cadence'] | null },
): Wishes {
  return {
    ...preference,
    wants: follow.wants ?? preference.wants,
    leadDays: follow.leadDays ?? preference.leadDays,
    cadence: follow.cadence ?? preference.cadence,
  }
}
