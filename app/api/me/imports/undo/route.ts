import { refuse, refused, seeOther } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { viewerOf } from '@/lib/accounts/queries'
import { undoImport } from '@/lib/imports/commands'

/** Takes back what an import made; the field `import` says which. */
export const POST = door(async (request, form) => {
  const id = field(form, 'import', 36)
  if (!id) return refuse(request, 400, 'Say which import to undo.')
  const result = await undoImport(await viewerOf(request.headers), { id, now: new Date() })
  if (!result.ok) return refused(request, result, { href: '/following/import', label: 'Back to importing' })
  return seeOther(request, `/following/import/${id}`)
})
