import type { WantedLine } from '@/lib/wanted/types'
import { day } from './day'
import { EndButton, OwnLine, OwnList } from './own-list'

/** What the reader waits for that is not here yet, what has come, and the buttons that take a wish back. */
export function Wanted({ wishes }: { wishes: WantedLine[] }) {
  return (
    <OwnList
      id="wanted"
      heading="What you wait for"
      lead={
        wishes.length === 0
          ? 'Nothing. A search that does not find a show offers to tell you when it is here.'
          : 'Shows that are not here yet. You are told by mail, once, when one is.'
      }
      lines={wishes.map(({ id, words, askedAt, came }) => (
        <OwnLine
          key={id}
          end={
            <EndButton action="/api/me/wanted" fields={{ drop: id }} label={`Take back ${words}`}>
              {came ? 'Clear it' : 'Take it back'}
            </EndButton>
          }
        >
          <b>{words}</b>,{' '}
          {came ? (
            <>
              here since {day(came.at)}: <a href={`/shows/${came.slug}`}>{came.title}</a>
            </>
          ) : (
            `asked for on ${day(askedAt)}`
          )}
        </OwnLine>
      ))}
    />
  )
}
