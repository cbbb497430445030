import { formatWindow } from '@/lib/shared/edtf'

/** An instant as its day, in words. */
export const day = (instant: string) => (
  <time dateTime={instant}>{formatWindow(instant.slice(0, 10), { style: 'long' })}</time>
)
