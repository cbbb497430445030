import { refuse, refused, seeOther, signInFirst } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
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

const kindOf = (form: FormData) => field(form, 'kind') ?? 'webhook'

/** What is typed into the form of a kind, by the names its fields bear. */
const typedIn = (form: FormData) =>
  Object.fromEntries(
    (formOf(kindOf(form))?.fields ?? [])
      .filter(({ type }) => type !== 'choice')
      .map(({ name, label }) => [name, label]),
  )

/**
 * Adds a channel (`want`: `add`, with the fields of its kind's form, and `kind`, a webhook where it is not said), or
 * does something with a channel of the reader's (`want`: `remove`, `enable`, `disable` or `test`, with `channel`: its
 * number).
 */
export const POST = door(
  async (request, form) => {
    const reader = await followerOf(request.headers)
    if (!reader) return signInFirst(request, 'Sign in first: a channel belongs to a reader.', HERE)
    const want = field(form, 'want') ?? ''
    if (want === 'add') {
      const kind = kindOf(form)
      const adding = formOf(kind)
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
  },
  { typed: typedIn },
)
