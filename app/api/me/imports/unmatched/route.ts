import { PRIVATE_HEADERS, refuse, signInFirst } from '@/app/_doors/answer'
import { readingDoor } from '@/app/_doors/door'
import { viewerOf } from '@/lib/accounts/queries'
import { unmatchedCsv } from '@/lib/imports/queries'

const BACK = { href: '/following/import', label: 'Back to importing' }

/** The rows an import could not place, as a CSV file; `?import=` says which import. */
export const GET = readingDoor(async (request) => {
  const viewer = await viewerOf(request.headers)
  if (!viewer)
    return signInFirst(request, 'Sign in first: an import belongs to an account.', '/following/import')
  const id = new URL(request.url).searchParams.get('import') ?? ''
  const csv = await unmatchedCsv(viewer, id, new Date())
  if (csv === null)
    return refuse(request, 404, 'There is no such import, or its time has passed.', { back: BACK })
  return new Response(csv, {
    headers: {
      ...PRIVATE_HEADERS,
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="greenlit-unmatched.csv"',
    },
  })
})
