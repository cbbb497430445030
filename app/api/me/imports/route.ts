import { refuse, refused, seeOther, signInFirst } from '@/app/_doors/answer'
import { fileDoor } from '@/app/_doors/file-door'
import { viewerOf } from '@/lib/accounts/queries'
import { draftImport } from '@/lib/imports/commands'

const FILE_BYTES_MAX = 20_000_000
const BACK = { href: '/following/import', label: 'Back to importing' }

/** Takes a list from elsewhere, in the field `file`, and answers with the page of what would come of it. */
export const POST = fileDoor(
  'file',
  async (request, file) => {
    if (!file) return refuse(request, 400, 'Choose the file to import first.', { back: BACK })
    if (file.bytes.length > FILE_BYTES_MAX)
      return refuse(request, 413, 'The file is larger than 20 MB, which is the most we read.', { back: BACK })
    const viewer = await viewerOf(request.headers)
    const result = await draftImport(viewer, { bytes: file.bytes, fileName: file.name, now: new Date() })
    if (!result.ok) return refused(request, result, BACK)
    return seeOther(request, `/following/import/${result.id}`)
  },
  {
    fileBytesMax: FILE_BYTES_MAX,
    // Nobody makes us hold twenty megabytes without saying who they are.
    admit: async (request) =>
      (await viewerOf(request.headers))
        ? null
        : signInFirst(request, 'Sign in first: an import belongs to an account.', '/following/import'),
  },
)
