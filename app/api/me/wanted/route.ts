import { refuse, refused, seeOther, signInFirst } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { viewerOf } from '@/lib/accounts/queries'
import { askWanted, dropWanted } from '@/lib/wanted/commands'

const LIST = '/settings#wanted'

/**
 * "Tell me when it is here", by the account: field `words`; or, with `drop` and a wish's id, takes that back. It belongs to
 * an account: who has none is asked to sign in.
 */
export const POST = door(
  async (request, form) => {
    const words = field(form, 'words')
    const viewer = await viewerOf(request.headers)
    if (!viewer) {
      const back = words ? `/search?q=${encodeURIComponent(words)}` : '/settings'
      return signInFirst(
        request,
        'Sign in first: what you wait for belongs to your account.',
        encodeURIComponent(back),
      )
    }
    const drop = field(form, 'drop', 10)
    if (drop !== null) {
      const id = /^[1-9]\d{0,8}$/.test(drop) ? Number(drop) : 0
      return (await dropWanted(viewer, id))
        ? seeOther(request, LIST)
        : refuse(request, 404, 'There is no such wish of yours.', {
            back: { href: LIST, label: 'Back to what you wait for' },
          })
    }
    if (words === null) return refuse(request, 400, 'Say which show you are looking for (words).')
    const result = await askWanted(viewer, words, new Date())
    return result.ok
      ? seeOther(request, LIST)
      : refused(request, result, {
          href: `/search?q=${encodeURIComponent(words)}`,
          label: 'Back to the search',
        })
  },
  { typed: { words: 'The show' } },
)
