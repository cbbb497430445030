import { refuse, refused, seeOther, signInFirst } from '@/app/_doors/answer'
import { door, field, seasonNamed } from '@/app/_doors/door'
import { followerOf } from '@/lib/follows/basket'
import { setFollowWishes, setWishes } from '@/lib/follows/wishes'

const list = (form: FormData, name: string) => form.getAll(name).filter((value) => typeof value === 'string')
const own = (form: FormData, name: string) => field(form, `${name}-own`) === 'yes'

const TYPED = {
  quietFrom: 'Quiet from: an hour, 0 to 23, or nothing',
  quietTo: 'Quiet until: an hour, 0 to 23, or nothing',
  snoozedUntil: 'Snooze until: a day like 2027-03-14, or nothing',
}

/**
 * What the reader wants to be told, when and how. With `show` and `season` it is about that season: `wants-own` and
 * `channels-own` say that its lists differ from the account-wide ones.
 */
export const POST = door(
  async (request, form) => {
    const follower = await followerOf(request.headers)
    if (!follower)
      return signInFirst(
        request,
        'Sign in first: these are the settings of whoever follows.',
        '/settings/notices',
      )
    if (form.has('show') || form.has('season')) {
      const named = seasonNamed(field(form, 'show'), field(form, 'season'))
      if (!named) return refuse(request, 400, 'Say which season: show and season.')
      const path = `/following/${named.slug}/${named.number}`
      const result = await setFollowWishes(follower, named, {
        wants: own(form, 'wants') ? list(form, 'wants') : null,
        leadDays: field(form, 'leadDays'),
        cadence: field(form, 'cadence'),
        channels: own(form, 'channels') ? list(form, 'channels') : null,
        muted: form.has('muted'),
        snoozedUntil: field(form, 'snoozedUntil'),
      })
      return result.ok
        ? seeOther(request, `${path}?saved`)
        : refused(request, result, { href: path, label: 'Back to the form' })
    }
    const result = await setWishes(follower, {
      timeZone: field(form, 'timeZone'),
      wants: list(form, 'wants'),
      ...Object.fromEntries(
        ['leadDays', 'cadence', 'digestHour', 'digestWeekday', 'quietFrom', 'quietTo'].map((name) => [
          name,
          field(form, name) ?? undefined,
        ]),
      ),
      spoilerSafe: form.has('spoilerSafe'),
    })
    return result.ok
      ? seeOther(request, '/settings/notices?saved')
      : refused(request, result, { href: '/settings/notices', label: 'Back to the form' })
  },
  { typed: TYPED },
)
