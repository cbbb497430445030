import { refuse, seeOther } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { outsideProviders, signInThrough } from '@/lib/accounts/auth'
import { onwardPath } from '@/lib/accounts/return-to'

/** Sends the reader to GitHub or Google to sign in, where that is configured. */
export const POST = door<{ params: Promise<{ provider: string }> }>(async (request, form, { params }) => {
  const { provider } = await params
  if (!outsideProviders().some(({ id }) => id === provider))
    return refuse(request, 404, 'This site does not offer to sign in through that.', {
      back: { href: '/sign-in', label: 'Other ways to sign in' },
    })
  // A follow asked for before is done by a form on the way back: a redirect must not change anything.
  const redirectTo = onwardPath(field(form, 'returnTo'))
  const location: string = await signInThrough(provider, { redirect: false, redirectTo })
  return seeOther(request, location)
})
