import { refuse, refused, seeOther } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { remember } from '@/app/_doors/given-back'
import { TO_SIGN_IN } from '@/app/_doors/viewer'
import { followerOf } from '@/lib/follows/basket'
import {
  addChannel,
  disableChannel,
  enableChannel,
  formOf,
  getChannelSecret,
  removeChannel,
  testChannel,
} from '@/lib/notices/channels'
import type { ChannelField } from '@/lib/notices/types'

const HERE = '/settings/notices'
const BACK = { href: `${HERE}#channels`, label: 'Back to what you are told' }
const CHANGES = { remove: removeChannel, enable: enableChannel, disable: disableChannel, test: testChannel }

/** Longer than any field may be: its kind says how long that is. */
const TYPED_CHARACTERS_MAX = 2_000

/** Whether something typed is not there at all; what is there is looked at by its kind. */
const isLeftOut = (asked: ChannelField, typed: string | null) =>
  asked.type !== 'choice' && (typed === null || (typed === '' && !asked.isOptional))

/**
 * Adds a channel (`want`: `add`, with the fields of its kind's form, and `kind`, a webhook where it is not said), or
 * does something with a channel of the reader's (`want`: `remove`, `enable`, `disable` or `test`, with `channel`: its
 * number).
 */
export const POST = door(async (request, form) => {
  const kind = field(form, 'kind') ?? 'webhook'
  const adding = formOf(kind)
  const toType = adding?.fields.filter(({ type }) => type !== 'choice') ?? []
  remember(request, form, Object.fromEntries(toType.map(({ name, label }) => [name, label])))
  const reader = await followerOf(request.headers)
  if (!reader)
    return refuse(request, 401, 'Sign in first: a channel belongs to a reader.', { back: TO_SIGN_IN })
  const want = field(form, 'want') ?? ''
  if (want === 'add') {
    if (!adding) return refuse(request, 400, 'Say which kind of channel to add.', { back: BACK })
    const sent = adding.fields.map((asked) => ({
      asked,
      typed: field(form, asked.name, TYPED_CHARACTERS_MAX),
    }))
    if (sent.some(({ asked, typed }) => isLeftOut(asked, typed)))
      return refuse(request, 400, adding.incomplete, { back: BACK })
    const fields = Object.fromEntries(sent.map(({ asked, typed }) => [asked.name, typed ?? '']))
    const added = await addChannel(reader, kind, fields)
    if (!added.ok) return refused(request, added, BACK)
    const hasSecret = (await getChannelSecret(reader, added.id)) !== null
    return seeOther(request, hasSecret ? `${HERE}?secret=${added.id}` : HERE)
  }
  const change = Object.hasOwn(CHANGES, want) ? CHANGES[want as keyof typeof CHANGES] : undefined
  const id = field(form, 'channel') ?? ''
  if (!change || !/^[1-9]\d{0,8}$/.test(id))
    return refuse(request, 400, 'Say which channel, and whether to remove, enable, disable or test it.', {
      back: BACK,
    })
  const result = await change(reader, Number(id))
  return result.ok ? seeOther(request, HERE) : refused(request, result, BACK)
})
