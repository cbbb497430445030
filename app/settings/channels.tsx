import { Fragment } from 'react'
import { DoorForm } from '@/app/_components/door-form'
import type { Follower } from '@/lib/accounts/types'
import { getChannelSecret, listChannelSections } from '@/lib/notices/channels'
import type { ChannelField, ChannelForm, ChannelLine, ChannelSection, Prose } from '@/lib/notices/types'
import { day } from './day'
import { PushSwitch } from './push-switch'
import styles from './settings.module.css'

/** Where the reader is told, a kind of channel after the other. `shown`: the channel whose secret is asked for. */
export async function Channels({ reader, shown }: { reader: Follower; shown: number | null }) {
  const sections = await listChannelSections(reader)
  const secret = shown === null ? null : await getChannelSecret(reader, shown)
  return (
    <section aria-labelledby="channels">
      <h2 id="channels">Where you are told</h2>
      {sections.map((section) => (
        <Section key={section.kind} section={section} shown={secret ? { id: shown, secret } : null} />
      ))}
    </section>
  )
}

type Shown = { id: number | null; secret: string } | null

function Section({ section, shown }: { section: ChannelSection; shown: Shown }) {
  const { kind, heading, about, details, lines, whenNone, form, island } = section
  return (
    <>
      <h3>{heading}</h3>
      {about && <Paragraph prose={about} />}
      {details && (
        <details>
          <summary>{details.summary}</summary>
          <pre className={styles.example}>{details.example}</pre>
          <Paragraph prose={details.about} />
        </details>
      )}
      {lines.length > 0 && <Lines channels={lines} shown={shown} />}
      {lines.length === 0 && whenNone && <p>{whenNone}</p>}
      {form && <AddForm kind={kind} form={form} />}
      {island && (
        <>
          <noscript>
            <p>Turning it on needs JavaScript, which this browser does not run.</p>
          </noscript>
          <PushSwitch known={lines.flatMap(({ fingerprint, enabled }) => (enabled && fingerprint) || [])} />
        </>
      )}
    </>
  )
}

function Paragraph({ prose }: { prose: Prose }) {
  return (
    <p>
      {prose.map((part, at) => {
        if (typeof part === 'string') return part
        const key = String(at)
        if ('code' in part) return <code key={key}>{part.code}</code>
        return (
          <a key={key} href={part.href} rel="noopener">
            {part.text}
          </a>
        )
      })}
    </p>
  )
}

function AddForm({ kind, form: { fields, button } }: { kind: string; form: ChannelForm }) {
  return (
    <DoorForm action="/api/me/channels" className={styles.fields}>
      <input type="hidden" name="want" value="add" />
      <input type="hidden" name="kind" value={kind} />
      {fields.map((field) => {
        const id = `${kind}-${field.name}`
        return (
          <Fragment key={id}>
            <label htmlFor={id}>
              {field.type !== 'choice' && field.isOptional ? `${field.label}, if you like` : field.label}
            </label>
            <Field id={id} field={field} />
          </Fragment>
        )
      })}
      <button type="submit">{button}</button>
    </DoorForm>
  )
}

function Field({ id, field }: { id: string; field: ChannelField }) {
  if (field.type === 'choice')
    return (
      <select id={id} name={field.name}>
        {field.choices.map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    )
  return (
    <input
      id={id}
      name={field.name}
      type={field.type}
      placeholder={field.hint}
      maxLength={field.lengthMax}
      autoComplete="off"
      required={!field.isOptional}
    />
  )
}

/** How a channel fares, in words. */
function Standing({ channel }: { channel: ChannelLine }) {
  const { enabled, broughtAt, suspendedAt, lastDeliveredAt, lastRefusedAt, lastRefusal } = channel
  const failing = lastRefusedAt && (!lastDeliveredAt || lastRefusedAt > lastDeliveredAt)
  return (
    <span className={styles.standing}>
      {!enabled && !broughtAt && 'Turned off. '}
      {!enabled && broughtAt && (
        <>Came with a list of this or another browser on {day(broughtAt)}; off until you turn it on. </>
      )}
      {enabled && suspendedAt && (
        <>Nothing is sent since {day(suspendedAt)}, because the other side refused for good. </>
      )}
      {lastDeliveredAt ? <>Last delivered on {day(lastDeliveredAt)}. </> : 'Nothing delivered yet. '}
      {failing && (
        <>
          Refused on {day(lastRefusedAt)}: {lastRefusal}
        </>
      )}
    </span>
  )
}

function Lines({ channels, shown }: { channels: ChannelLine[]; shown: Shown }) {
  return (
    <ul className={`${styles.list} ends`}>
      {channels.map((channel) => {
        const { id, label: name, beside, hasSecret, isDirect, enabled, suspendedAt } = channel
        return (
          <li key={id}>
            <span>
              <strong>{name}</strong>
              {beside && `, ${beside}`}
              <br />
              <Standing channel={channel} />
              {shown?.id === id && (
                <>
                  <br />
                  Its secret: <code>{shown.secret}</code>
                </>
              )}
            </span>
            <span className={styles.inline}>
              {hasSecret && shown?.id !== id && (
                <a href={`/settings/notices?secret=${id}#channels`} aria-label={`Show the secret of ${name}`}>
                  Show its secret
                </a>
              )}
              {isDirect && <Act want="test" id={id} name={name} words="Test" />}
              {enabled && !suspendedAt ? (
                <Act want="disable" id={id} name={name} words="Turn off" />
              ) : (
                <Act want="enable" id={id} name={name} words="Turn on" />
              )}
              {isDirect && <Act want="remove" id={id} name={name} words="Remove" />}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

function Act({ want, id, name, words }: { want: string; id: number; name: string; words: string }) {
  return (
    <DoorForm action="/api/me/channels" className={styles.inline}>
      <input type="hidden" name="want" value={want} />
      <input type="hidden" name="channel" value={id} />
      <button type="submit" aria-label={`${words} ${name}`}>
        {words}
      </button>
    </DoorForm>
  )
}
