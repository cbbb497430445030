import 'server-only'
import { tellPremieres as tell } from '@/lib/notices/tell'
import { NOTHING } from '@/lib/shared/enqueue'
import type { Job } from './job'
import { mayWrite } from './may-write'

/** Tells of premieres that are near enough for those who asked to be told so long before. */
export const tellPremieres: Job = {
  id: 'tell-premieres',
  payload: NOTHING,
  at: '2 * * * *',
  missed: '1h',
  async run() {
    if (await mayWrite()) await tell(new Date())
  },
}
