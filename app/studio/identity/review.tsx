import { ColumnHeads } from '@/app/_components/column-heads'
import { Instant } from '@/app/_components/dates'
import { DoorForm } from '@/app/_components/door-form'
import { howMany } from '@/app/_components/words'
import type { IdentityCode } from '@/db/schema/words'
import type { IdentityOverview, PairLine, PairSide } from '@/lib/identity/types'
import styles from './review.module.css'

const DOOR = '/api/studio/identity'

const REASON: Record<IdentityCode, string> = {
  'shared-id': 'An id of both',
  'other-id': 'Another id of the same service',
  title: 'The same title',
  'title-alias': 'The title of one is another name of the other',
  alias: 'Another name in common',
  day: 'Began on the same day',
  year: 'Began in the same year',
  'year-near': 'Began a year apart',
  'year-differs': 'Began in different years',
  country: 'The same country',
  'country-differs': 'Different countries',
  network: 'The same network',
  'kind-differs': 'Different kinds',
  namesakes: 'Several may be it',
  'by-hand': 'Named by an operator',
}

/** What waits for a decision, what was decided, and forms that name what no sync found. */
export function Review({ overview: { open, openCount, decided } }: { overview: IdentityOverview }) {
  return (
    <div className={styles.page}>
      <h1>Which shows are one</h1>
      <p className="lede" role="status">
        {openCount === 0
          ? 'No pair waits for a decision. One that a sync cannot tell apart stands here until somebody does.'
          : `${howMany(openCount, 'pair')} may be one show. What a provider says of it is not taken in until somebody decides.`}
      </p>
      {open.map((pair) => (
        <Pair key={pair.id} pair={pair} />
      ))}
      {openCount > open.length && <p className="quiet">The surest {open.length} are shown.</p>}
      <h2 id="name">Name two that may be one</h2>
      <DoorForm action={DOOR} className={styles.fields}>
        <input type="hidden" name="want" value="name" />
        <label>
          The address of one, such as dark
          <input name="one" required maxLength={120} autoComplete="off" />
        </label>
        <label>
          The address of the other
          <input name="other" required maxLength={120} autoComplete="off" />
        </label>
        <button type="submit">Put them on the list</button>
      </DoorForm>
      <h2 id="part">Take off an id that is another show’s</h2>
      <p>
        What its provider said of the show is withdrawn, and no sync joins the two again. A show of its own
        comes with the next sync.
      </p>
      <DoorForm action={DOOR} className={styles.fields}>
        <input type="hidden" name="want" value="part" />
        <label>
          The show’s address
          <input name="slug" required maxLength={120} autoComplete="off" />
        </label>
        <label>
          The id, such as tmdb:1399
          <input name="id" required maxLength={233} autoComplete="off" />
        </label>
        <button type="submit">Two shows</button>
      </DoorForm>
      <h2 id="decided">Decided</h2>
      {decided.length === 0 ? (
        <p>Nothing yet. What is decided stands here and can be undone.</p>
      ) : (
        <Decided pairs={decided} />
      )}
    </div>
  )
}

function Pair({ pair: { id, sides, score, reasons, seenAt } }: { pair: PairLine }) {
  const [one, other] = sides
  const isOurs = one.slug !== null && other.slug !== null
  return (
    <section className={styles.pair} aria-labelledby={`pair-${id}`}>
      <h2 id={`pair-${id}`}>
        {one.title} · {other.title}
      </h2>
      <div className={styles.sides}>
        <Side side={one} />
        <Side side={other} />
      </div>
      <table>
        <caption>
          Score {score.toFixed(1)}, last seen <Instant at={seenAt} />
        </caption>
        <ColumnHeads names={['Reason', 'What', 'Adds']} numbers={['Adds']} />
        <tbody>
          {reasons.map(({ code, what, adds }) => (
            <tr key={`${code} ${what}`}>
              <th scope="row">{REASON[code]}</th>
              <td>{what}</td>
              <td className="number">{adds}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <DoorForm action={DOOR} className={styles.choices}>
        <input type="hidden" name="pair" value={id} />
        {isOurs ? (
          [one, other].map(({ slug, title }) => (
            <button key={slug} type="submit" name="want" value={`same ${slug}`}>
              The same, as {title} ({slug})
            </button>
          ))
        ) : (
          <button type="submit" name="want" value="same">
            The same
          </button>
        )}
        <button type="submit" name="want" value="two">
          Two shows
        </button>
      </DoorForm>
    </section>
  )
}

function Side({ side: { title, href, year, country, network, ids } }: { side: PairSide }) {
  const lines: [string, string | null][] = [
    ['Began', year],
    ['Country', country],
    ['Network', network],
    ['Ids', ids.join(', ')],
  ]
  return (
    <dl>
      <dt>Title</dt>
      <dd>
        <a href={href} rel="noreferrer">
          {title}
        </a>
      </dd>
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value || 'not known'}</dd>
        </div>
      ))}
    </dl>
  )
}

function Decided({ pairs }: { pairs: PairLine[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="scroll-x" aria-label="Decided" tabIndex={0}>
      <table>
        <caption>Newest first</caption>
        <ColumnHeads names={['When (UTC)', 'One', 'Other', 'Decision', 'Undo']} />
        <tbody>
          {pairs.map(({ id, sides: [one, other], decided }) => (
            <tr key={id}>
              <td>
                <Instant at={decided?.at ?? ''} />
              </td>
              <td>{one.title}</td>
              <td>{other.title}</td>
              <td>{decided?.verdict === 'same' ? 'the same' : 'two shows'}</td>
              <td>
                <DoorForm action={DOOR}>
                  <input type="hidden" name="pair" value={id} />
                  <button
                    type="submit"
                    name="want"
                    value="undo"
                    aria-label={`Undo: ${one.title} and ${other.title}`}
                  >
                    Undo
                  </button>
                </DoorForm>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
