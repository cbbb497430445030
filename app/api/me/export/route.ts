import { PRIVATE_HEADERS, refuse } from '@/app/_doors/answer'
import { readingDoor } from '@/app/_doors/door'
import { viewerOf } from '@/lib/accounts/queries'
import { exportReader } from '@/lib/own-data/queries'
import { LIMITS, spend } from '@/lib/shared/rate-limit'

/** Everything we hold about the reader, as a JSON file. */
export const GET = readingDoor(async (request) => {
  const viewer = await viewerOf(request.headers)
  if (!viewer)
    return refuse(request, 401, 'Sign in first: the export holds what belongs to your account.', {
      back: { href: '/sign-in?returnTo=/settings', label: 'Sign in' },
    })
  const spent = await spend(LIMITS.export, viewer.id)
  if (!spent.allowed)
    return refuse(request, 429, 'That was many exports in a minute. Wait a little and try again.', {
      retryAfterSeconds: spent.retryAfterSeconds,
      back: { href: '/settings', label: 'Back to settings' },
    })
  return new Response(`${JSON.stringify(await exportReader(viewer), null, 2)}\n`, {
    headers: {
      ...PRIVATE_HEADERS,
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="greenlit-export.json"',
    },
  })
})
