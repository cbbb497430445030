import { refuse, refused, seeOther } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { viewerOf } from '@/lib/accounts/queries'
import { confirmImport } from '@/lib/imports/commands'
import { isSlug } from '@/lib/shared/slug'

/** A form with five thousand answers. */
const BYTES_MAX = 400_000
const FILE_BYTES_MAX = 1_500_000

/** The answers among a form's fields: `answer.12` is a slug, or `none`. Null where one is neither. */
function answersIn(form: FormData): Map<number, string | null> | null {
  const answers = new Map<number, string | null>()
  for (const [name, value] of form) {
    const [, position] = /^answer\.(\d{1,5})$/.exec(name) ?? []
    if (position === undefined || value === '') continue
    if (typeof value !== 'string' || !isSlug(value)) return null
    answers.set(Number(position), value === 'none' ? null : value)
  }
  return answers
}

/** Follows what a draft says: fields `import`, an `answer.N` for each question, `plain` to take all same names. */
export const POST = door(
  async (request, form) => {
    const id = field(form, 'import', 36)
    const answers = answersIn(form)
    if (!id || !answers)
      return refuse(request, 400, 'Say which import to confirm, and answer with the choices it offers.')
    const result = await confirmImport(await viewerOf(request.headers), {
      id,
      answers,
      now: new Date(),
      takePlain: field(form, 'plain') === 'yes',
    })
    if (!result.ok)
      return refused(request, result, { href: `/following/import/${id}`, label: 'Back to the import' })
    return seeOther(request, `/following/import/${id}`)
  },
  // Nothing is typed into it, but a thousand answers may have been chosen.
  { bytesMax: BYTES_MAX, fileBytesMax: FILE_BYTES_MAX, typed: {} },
)
