import { refuse, seeOther } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { confirmOptIn } from '@/lib/follows/opt-in'
import { looksLikeToken } from '@/lib/shared/secrets'

/** The button behind a confirmation mail: field `token`. Safe to press twice. */
export const POST = door(async (request, form) => {
  const token = field(form, 'token') ?? ''
  if (!looksLikeToken(token) || !(await confirmOptIn(token, new Date())))
    return refuse(
      request,
      410,
      'This link is older than two days, or it is none of ours. Follow again to get a new one.',
      {
        back: { href: '/shows', label: 'Find the show' },
      },
    )
  return seeOther(request, `/follow/confirm/${token}`)
})
