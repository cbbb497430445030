import { changesFace } from '@/app/_faces/changes'

/** The latest changes and corrections over all shows, as Atom. */
export const GET = changesFace('atom')
