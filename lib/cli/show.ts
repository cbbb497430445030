import { getShowPage } from '@/lib/pages/show'
import type { SeasonView } from '@/lib/pages/types'
import { dayOf } from '@/lib/shared/day'
import { formatWindow } from '@/lib/shared/edtf'
import { CommandError, type Run } from './command-line'

const when = (window: { edtf: string } | null) => (window ? formatWindow(window.edtf) : 'undated')

/** A season's lines: its state, who decided it, then its ledger, newest statement first. */
export function seasonLines(season: SeasonView): string[] {
  const { state } = season
  const name = season.name ? ` (${season.name})` : ''
  const because = state.byRecord
    ? 'by the record'
    : state.because.length > 0
      ? `because of ${state.because.join(', ')}`
      : 'nobody has said anything'
  const lines = [
    `Season ${season.number}${name}: ${state.status}, ${when(state.premiere ?? season.premiere)} — ${because}`,
  ]
  for (const { window, claimIds } of state.missed)
    lines.push(`  missed: ${formatWindow(window.edtf)} (${claimIds.join(', ')})`)
  for (const { about, sides, settledBy } of state.contradictions)
    lines.push(
      `  disagreed: ${about}: ${sides.map((side) => `${side.says} (${side.claimIds.join(', ')})`).join(' / ')}; ${settledBy ?? 'not settled'}`,
    )
  for (const claim of season.claims)
    lines.push(
      `  ${claim.publishedOn ?? 'undated   '}  ${claim.id}  ${claim.state.padEnd(12)} ${claim.sourceClass.padEnd(10)} ${claim.source.name}: ${claim.kind}${claim.edtf ? ` ${claim.edtf}` : ''} — ${claim.value}`,
    )
  return lines
}

/** `show SLUG`: the answer, the reasons and the whole ledger of a show. */
export const run: Run = async ({ words, flags }, { out, now }) => {
  const [slug = ''] = words
  const show = await getShowPage(slug, dayOf(now))
  if (!show) throw new CommandError(`there is no show ${JSON.stringify(slug.slice(0, 80))}`)
  if (flags.has('json')) {
    out(JSON.stringify(show))
    return 0
  }
  const names = [show.originalTitle, show.kind, show.country, show.network?.name].filter(Boolean)
  out([show.title, names.join(', ')].filter(Boolean).join(' — '))
  out(show.status.answer)
  out(
    `Status: ${show.status.status}; lamp ${show.status.lamp}; decided by ${show.status.because.join(', ') || 'the record'}`,
  )
  out(`Checked ${show.checkedOn ?? 'never'}, changed ${show.changedOn ?? 'never'}`)
  for (const season of show.seasons) {
    out('')
    for (const line of seasonLines(season)) out(line)
  }
  return 0
}
