import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ColumnHeads } from '@/app/_components/column-heads'
import { Instant } from '@/app/_components/dates'
import { currentViewer } from '@/lib/accounts/queries'
import { getDeliveries } from '@/lib/notices/queries'
import styles from './deliveries.module.css'

export const metadata: Metadata = { title: 'Deliveries', robots: { index: false, follow: false } }

/** How telling readers goes; for operators. Nobody's address stands here. */
export default async function DeliveriesPage() {
  const deliveries = await getDeliveries(await currentViewer(), new Date())
  if (!deliveries) notFound()
  const { paused, counts, held, waiting, oldestWaitSeconds, channels, failed } = deliveries
  return (
    <div className={styles.page}>
      <h1>Deliveries</h1>
      <p className="lede" role="status">
        {paused
          ? 'Telling is paused: nothing leaves until an operator resumes it.'
          : oldestWaitSeconds > 300
            ? `The oldest notice has waited ${Math.round(oldestWaitSeconds / 60)} minutes past its time.`
            : 'Telling runs; nothing waits past its time.'}
      </p>
      <table>
        <caption>Notices of the last 30 days, by state, and what waits before them</caption>
        <tbody>
          {[...Object.entries(counts), ['events held', held], ['outbox', waiting]].map(([state, count]) => (
            <tr key={state}>
              <th scope="row">{state}</th>
              <td className="number">{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <caption>Channels</caption>
        <ColumnHeads
          names={['Kind', 'working', 'turned off', 'suspended']}
          numbers={['working', 'turned off', 'suspended']}
        />
        <tbody>
          {channels.map((channel) => (
            <tr key={channel.kind}>
              <th scope="row">{channel.kind}</th>
              <td className="number">{channel.working}</td>
              <td className="number">{channel.off}</td>
              <td className="number">{channel.suspended}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>Refused, or tried again</h2>
      {failed.length === 0 ? (
        <p>Nothing. A notice that is refused stands here with what the other side said.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className="scroll-x" aria-label="Refused, or tried again" tabIndex={0}>
          <table>
            <caption>
              Newest first. <code>npm run greenlit -- notices --retry</code> puts parked ones back in line.
            </caption>
            <ColumnHeads
              names={['When (UTC)', 'About', 'By', 'State', 'Tries', 'Answer']}
              numbers={['Tries']}
            />
            <tbody>
              {failed.map((line) => (
                <tr key={line.id}>
                  <td>
                    <Instant at={line.at} />
                  </td>
                  <td>
                    {line.show.title}, season {line.season}: {line.kind}
                  </td>
                  <td>{line.channel}</td>
                  <td>{line.state}</td>
                  <td className="number">{line.attempts}</td>
                  <td>{line.outcome}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  )
}
