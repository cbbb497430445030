import type { Metadata } from 'next'
import { DoorForm } from '@/app/_components/door-form'
import { SessionEnded } from '@/app/_components/session-ended'
import { getFeedAddresses } from '@/lib/feeds/reader-queries'
import { currentFollower } from '@/lib/follows/basket'
import { getWishes } from '@/lib/follows/wishes'
import { listTold } from '@/lib/notices/queries'
import { Channels } from '../channels'
import { Feeds } from '../feeds'
import settings from '../settings.module.css'
import styles from './notices.module.css'
import { Told } from './told'
import { WishesFields } from './wishes-form'

export const metadata: Metadata = {
  title: 'What you are told',
  robots: { index: false, follow: false },
}

type Params = Record<string, string | string[] | undefined>

/** Every zone this server knows, the reader's own among them. */
const zonesWith = (own: string) => [...new Set(['UTC', own, ...Intl.supportedValuesOf('timeZone')])]

/** The webhook whose secret its owner asked to see. */
const shownIn = ({ secret }: Params) => (/^[1-9]\d{0,8}$/.test(String(secret)) ? Number(secret) : null)

export default async function NoticesPage({ searchParams }: { searchParams: Promise<Params> }) {
  const follower = await currentFollower()
  if (!follower) return <SessionEnded returnTo="/settings/notices" />
  const [asked, wishes, told, feeds] = await Promise.all([
    searchParams,
    getWishes(follower),
    listTold(follower.id),
    getFeedAddresses({ readerId: follower.id }),
  ])
  return (
    <div className={settings.page}>
      <h1>What you are told</h1>
      {'saved' in asked && (
        <p className="notice" role="status">
          Saved.
        </p>
      )}
      <p className="lede">
        Once per real change, with its source. This holds for everything you follow; a season can have its own
        on <a href="/following">your list</a>.
      </p>
      <DoorForm action="/api/me/wishes" className={styles.form}>
        <WishesFields wishes={wishes} zones={zonesWith(wishes.timeZone)} />
        <button type="submit" data-primary>
          Save
        </button>
      </DoorForm>
      <Channels reader={follower} shown={shownIn(asked)} />
      <Feeds addresses={feeds} />
      <Told lines={told} />
    </div>
  )
}
