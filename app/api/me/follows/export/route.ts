import { PRIVATE_HEADERS, refuse, signInFirst } from '@/app/_doors/answer'
import { readingDoor } from '@/app/_doors/door'
import { viewerOf } from '@/lib/accounts/queries'
import { exportFollows, exportFollowsCsv } from '@/lib/follows/export'
import { LIMITS, spend } from '@/lib/shared/rate-limit'

const BACK = { href: '/following/import', label: 'Back to lists' }

/** What the reader follows as a file, `?format=json` or `?format=csv`; both can be brought back. */
export const GET = readingDoor(async (request) => {
  const viewer = await viewerOf(request.headers)
  if (!viewer)
    return signInFirst(
      request,
      'Sign in first: what you follow belongs to your account.',
      '/following/import',
    )
  const format = new URL(request.url).searchParams.get('format')
  if (format !== 'json' && format !== 'csv')
    return refuse(request, 400, 'Say in which format you want the file: json or csv.', { back: BACK })
  const spent = await spend(LIMITS.export, viewer.id)
  if (!spent.allowed)
    return refuse(request, 429, 'That was many exports in a minute. Wait a little and try again.', {
      retryAfterSeconds: spent.retryAfterSeconds,
      back: BACK,
    })
  const body =
    format === 'csv'
      ? await exportFollowsCsv(viewer)
      : `${JSON.stringify(await exportFollows(viewer, new Date()), null, 2)}\n`
  return new Response(body, {
    headers: {
      ...PRIVATE_HEADERS,
      'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="greenlit-following.${format}"`,
    },
  })
})
