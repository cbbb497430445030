import { changesFace } from '@/app/_faces/changes'

/** The latest changes and corrections over all shows, as JSON Feed. */
export const GET = changesFace('json')
