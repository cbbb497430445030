import { refuse, refused, seeOther, signInFirst } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { followerOf } from '@/lib/follows/basket'
import { addWebhook, disableChannel, enableChannel, removeChannel, testChannel } from '@/lib/notices/channels'

const BACK = { href: '/settings/notices#channels', label: 'Back to what you are told' }
const CHANGES = { remove: removeChannel, enable: enableChannel, disable: disableChannel, test: testChannel }

/**
 * Adds a webhook (`want`: `add`, with `url`, `format` and `label`), or does something with a channel of the
 * reader's (`want`: `remove`, `enable`, `disable` or `test`, with `channel`: its number).
 */
export const POST = door(
  async (request, form) => {
    const reader = await followerOf(request.headers)
    if (!reader)
      return signInFirst(request, 'Sign in first: a channel belongs to a reader.', '/settings/notices')
    const want = field(form, 'want') ?? ''
    if (want === 'add') {
      const url = field(form, 'url', 2_000)
      const label = field(form, 'label', 200)
      if (!url || label === null)
        return refuse(request, 400, 'Give the address of the webhook, and a name if you like.', {
          back: BACK,
        })
      const added = await addWebhook(reader, { url, format: field(form, 'format') ?? '', label })
      return added.ok
        ? seeOther(request, `/settings/notices?secret=${added.id}`)
        : refused(request, added, BACK)
    }
    const change = Object.hasOwn(CHANGES, want) ? CHANGES[want as keyof typeof CHANGES] : undefined
    const id = field(form, 'channel') ?? ''
    if (!change || !/^[1-9]\d{0,8}$/.test(id))
      return refuse(request, 400, 'Say which channel, and whether to remove, enable, disable or test it.', {
        back: BACK,
      })
    const result = await change(reader, Number(id))
    return result.ok ? seeOther(request, '/settings/notices') : refused(request, result, BACK)
  },
  { typed: { url: 'Address', label: 'What you call it' } },
)
