import type { Metadata } from 'next'
import { ColumnHeads } from '@/app/_components/column-heads'
import { pageMetadata } from '@/lib/feeds/metadata'
import { getSources } from '@/lib/ledger/queries'
import { Dated } from '../_components/dates'
import { CLASS_WORDS, statementsInWords } from '../_components/words'
import styles from './sources.module.css'

const count = new Intl.NumberFormat('en-GB')

export function generateMetadata(): Metadata {
  return pageMetadata(
    '/sources',
    'Sources',
    'Everybody whose statements stand in the ledger, what class they speak in, and how the dates they gave have fared.',
  )
}

/** Everybody whose word stands in the ledger. */
export default async function Sources() {
  const sources = await getSources()
  const undated = sources.reduce((sum, source) => sum + source.undated, 0)
  const dated = sources.reduce((sum, source) => sum + source.claims, -undated)
  return (
    <>
      <div className={styles.head}>
        <h1>Sources</h1>
        <p className="lede">
          {statementsInWords({ dated, undated })}, by {count.format(sources.length)} sources. What counts is
          whom a statement comes from and how exact it is;{' '}
          <a href="/about#trust">the order is written down</a>.
        </p>
        <p className="quiet small">
          Dates count here only when the season&rsquo;s premiere is on record: right, when it fell inside what
          was said; missed, when it did not. The rest are still open.
        </p>
      </div>
      {sources.length === 0 ? (
        <p className="quiet">No statement is on file yet. The first one brings its source with it.</p>
      ) : (
        <table className={styles.sources}>
          <ColumnHeads
            names={['Source', 'Notes', 'Shows', 'Newest', 'Dates given']}
            numbers={['Notes', 'Shows']}
          />
          <tbody>
            {sources.map((source) => (
              <tr key={source.slug} id={source.slug}>
                <th scope="row">
                  {source.name}
                  <span className={styles.class}>
                    {source.classes.map((word) => CLASS_WORDS[word]).join(', ')}
                    {source.site &&
                      ` · ${source.site.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')}`}
                  </span>
                </th>
                <td className="number" data-label="notes">
                  {source.claims}
                </td>
                <td className="number" data-label="shows">
                  {source.shows}
                </td>
                <td data-label="newest">{source.newestOn ? <Dated edtf={source.newestOn} /> : 'undated'}</td>
                <td>{recordWords(source)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

function recordWords({ cameTrue, missed, open }: { cameTrue: number; missed: number; open: number }): string {
  const parts = [cameTrue && `${cameTrue} right`, missed && `${missed} missed`, open && `${open} open`]
  return parts.filter(Boolean).join(', ') || 'none'
}
