import 'server-only'
import { arePaused } from '@/lib/notices/queries'
import { learnSiteUrl } from '@/lib/operations/site-address'
import { log } from '@/lib/shared/log'

/** True where letters can be written; where the site stands is what each of them says. */
export async function mayWrite(): Promise<boolean> {
  if (await arePaused()) return false
  if (await learnSiteUrl()) return true
  log.error('site-address-unknown', {
    says: 'No letter is written: set AUTH_URL or GREENLIT_URL to the address of the site.',
  })
  return false
}
