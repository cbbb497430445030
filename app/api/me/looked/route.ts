import { refuse, refused, seeOther } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { followerOf } from '@/lib/follows/basket'
import { markLooked } from '@/lib/follows/commands'

/** Marks what changed up to the instant in the field `until` as seen. */
export const POST = door(async (request, form) => {
  const until = field(form, 'until', 40) ?? ''
  const instant = new Date(until)
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(until) || Number.isNaN(instant.getTime()))
    return refuse(request, 400, 'Say up to which instant you have looked.')
  const result = await markLooked(await followerOf(request.headers), instant, new Date())
  if (!result.ok) return refused(request, result, { href: '/sign-in', label: 'Sign in' })
  return seeOther(request, '/following')
})
