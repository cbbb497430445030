import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ColumnHeads } from '@/app/_components/column-heads'
import { Dated } from '@/app/_components/dates'
import { currentViewer } from '@/lib/accounts/queries'
import { countWanted } from '@/lib/wanted/queries'
import styles from '../deliveries/deliveries.module.css'

export const metadata: Metadata = { title: 'Wanted', robots: { index: false, follow: false } }

/** What readers look for and do not find; for operators. Who asks does not stand here. */
export default async function WantedPage() {
  const wanted = await countWanted(await currentViewer())
  if (!wanted) notFound()
  return (
    <div className={styles.page}>
      <h1>Wanted</h1>
      <p className="lede">
        Shows that readers asked for and that are not here. An import that brings one under this name answers
        them. Answered so far: {wanted.answered}.
      </p>
      {wanted.open.length === 0 ? (
        <p>Nothing. A name that a reader asks to be told of stands here until it comes.</p>
      ) : (
        <table>
          <caption>Most readers first</caption>
          <ColumnHeads names={['Name', 'Readers', 'First asked', 'Last asked']} numbers={['Readers']} />
          <tbody>
            {wanted.open.map(({ words, readers, firstAsked, lastAsked }) => (
              <tr key={words}>
                <th scope="row">{words}</th>
                <td className="number">{readers}</td>
                <td>
                  <Dated edtf={firstAsked} />
                </td>
                <td>
                  <Dated edtf={lastAsked} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
