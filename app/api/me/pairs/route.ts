import { refuse, refused, seeOther, signInFirst } from '@/app/_doors/answer'
import { door, pairNamed } from '@/app/_doors/door'
import { viewerOf } from '@/lib/accounts/queries'
import { suggestPair, withdrawPair } from '@/lib/related/suggest'

/**
 * Names a show beside another (`slug`, `related` and `reason`), or, with `want=withdraw`, takes that back. It belongs to
 * an account: who has none is asked to sign in.
 */
export const POST = door(
  async (request, form) => {
    const named = pairNamed(form)
    const page = named ? `/shows/${named.slug}/suggest/${named.related}` : '/settings'
    const viewer = await viewerOf(request.headers)
    if (!viewer) return signInFirst(request, 'Sign in first: what you name belongs to your account.', page)
    const back = { href: page, label: 'Back to the form' }
    if (!named)
      return refuse(request, 400, 'Say which show (slug) and what belongs beside it (related).', { back })
    if (form.get('want') === 'withdraw') {
      const result = await withdrawPair(viewer, named)
      return result.ok
        ? seeOther(request, '/settings')
        : refused(request, result, { href: '/settings#beside', label: 'Back to what you named' })
    }
    const reason = form.get('reason')
    if (typeof reason !== 'string')
      return refuse(request, 400, 'Say why they belong together (reason).', { back })
    const result = await suggestPair(viewer, named, reason, new Date())
    return result.ok ? seeOther(request, '/settings#beside') : refused(request, result, back)
  },
  { typed: { reason: 'Why they belong together' } },
)
