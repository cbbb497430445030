import { showFace } from '@/app/_faces/show'
import { answerText } from '@/lib/feeds/answer'

/** The answer in one line, for scripts, shortcuts and speakers. */
export const GET = showFace('text/plain; charset=utf-8', (show) => answerText(show))
