import { refuse, refused, seeOther, signInFirst } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { viewerOf } from '@/lib/accounts/queries'
import { decidePair, namePair, partId, undoDecision } from '@/lib/identity/commands'
import { isSlug } from '@/lib/shared/slug'

const PAGE = '/studio/identity'
const BACK = { href: PAGE, label: 'Back to the pairs' }
const WANTED =
  'Say what you want (want): same, two or undo with a pair, name with one and other, part with slug and id.'
const OUTSIDE_ID = /^([a-z0-9_-]{1,32}):(\S.{0,199})$/

/**
 * An operator's decisions on which shows are one. `pair` with `want`: `same` (of two of ours `same` and the address that
 * stays), `two`, `undo`; `want=name` with two addresses (`one`, `other`) puts a pair on the list; `want=part` with an
 * address (`slug`) and an `id` (`tmdb:1399`) says that it is another show's.
 */
export const POST = door(async (request, form) => {
  const viewer = await viewerOf(request.headers)
  if (!viewer) return signInFirst(request, 'Sign in first: this is an operator’s.', PAGE)
  const now = new Date()
  const [want = '', keep = null] = (field(form, 'want') ?? '').split(' ')
  if (want === 'name') {
    const [one, other] = [field(form, 'one')?.trim(), field(form, 'other')?.trim()]
    if (!one || !other || !isSlug(one) || !isSlug(other))
      return refuse(request, 400, 'Name two shows by their addresses (one, other).', { back: BACK })
    const named = await namePair(viewer, { one, other }, now)
    return named.ok ? seeOther(request, PAGE) : refused(request, named, BACK)
  }
  if (want === 'part') {
    const [slug, id] = [field(form, 'slug')?.trim(), OUTSIDE_ID.exec(field(form, 'id')?.trim() ?? '')]
    if (!slug || !isSlug(slug) || !id)
      return refuse(request, 400, 'Say which show (slug) and which id, such as tmdb:1399 (id).', {
        back: BACK,
      })
    const done = await partId(viewer, { slug, namespace: id[1] ?? '', value: id[2] ?? '' }, now)
    return done.ok ? seeOther(request, `${PAGE}#decided`) : refused(request, done, BACK)
  }
  const number = field(form, 'pair')
  if (!number || !/^[1-9]\d{0,8}$/.test(number)) return refuse(request, 400, WANTED, { back: BACK })
  const pair = Number(number)
  if (want === 'undo') {
    const done = await undoDecision(viewer, { pair }, now)
    return done.ok ? seeOther(request, PAGE) : refused(request, done, BACK)
  }
  if ((want !== 'same' && want !== 'two') || (keep !== null && !isSlug(keep)))
    return refuse(request, 400, WANTED, { back: BACK })
  const done = await decidePair(viewer, { pair, verdict: want, keep }, now)
  return done.ok ? seeOther(request, `${PAGE}#decided`) : refused(request, done, BACK)
})
