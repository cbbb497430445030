import { DoorForm } from '@/app/_components/door-form'
import type { Follower } from '@/lib/accounts/types'
import { getWebhookSecret, listChannels } from '@/lib/notices/channels'
import type { ChannelLine } from '@/lib/notices/types'
import { day } from './day'
import { PushSwitch } from './push-switch'
import styles from './settings.module.css'

const FORMATS: [string, string][] = [
  ['json', 'JSON, for a program of your own'],
  ['ntfy', 'ntfy'],
  ['discord', 'Discord'],
  ['slack', 'Slack'],
]

const EXAMPLE = `{
  "type": "notice",
  "version": 1,
  "timestamp": "2026-11-25T18:00:00.000Z",
  "data": {
    "id": "notice.12",
    "kind": "renewed",
    "title": "…",
    "body": "…",
    "url": "https://…",
    "source": { "name": "…", "url": "https://…" },
    "show": "…",
    "season": 2,
    "happened_on": "2026-11-24"
  }
}`

/** Where the reader is told: mail, browsers, webhooks. `shown`: the webhook whose secret is asked for. */
export async function Channels({ reader, shown }: { reader: Follower; shown: number | null }) {
  const channels = await listChannels(reader)
  const secret = shown === null ? null : await getWebhookSecret(reader, shown)
  const of = (kind: ChannelLine['kind']) => channels.filter((channel) => channel.kind === kind)
  const [mails, browsers, webhooks] = [of('mail'), of('push'), of('webhook')]
  return (
    <section aria-labelledby="channels">
      <h2 id="channels">Where you are told</h2>
      <h3>Mail</h3>
      {mails.length === 0 ? <p>Mails go to the address you sign in with.</p> : <Lines channels={mails} />}
      <h3>Notifications in a browser</h3>
      <p>A browser shows what changed even while Greenlit is closed. Signing out ends it in that browser.</p>
      {browsers.length > 0 && <Lines channels={browsers} />}
      <noscript>
        <p>Turning it on needs JavaScript, which this browser does not run.</p>
      </noscript>
      <PushSwitch known={browsers.flatMap(({ fingerprint, enabled }) => (enabled && fingerprint) || [])} />
      <h3>Webhooks</h3>
      <p>
        Each notice is posted to an address of yours, signed by the{' '}
        <a href="https://www.standardwebhooks.com" rel="noopener">
          Standard Webhooks
        </a>{' '}
        specification.
      </p>
      <details>
        <summary>What is posted as JSON</summary>
        <pre className={styles.example}>{EXAMPLE}</pre>
        <p>
          <code>type</code> is <code>test</code> for a test; <code>source</code>, <code>season</code> and{' '}
          <code>happened_on</code> may be null; fields are only ever added. The header <code>webhook-id</code>{' '}
          stays the same when a notice is sent again.
        </p>
      </details>
      {webhooks.length > 0 && <Lines channels={webhooks} shown={secret ? { id: shown, secret } : null} />}
      <AddWebhook />
    </section>
  )
}

function AddWebhook() {
  return (
    <DoorForm action="/api/me/channels" className={styles.fields}>
      <input type="hidden" name="want" value="add" />
      <label htmlFor="webhook-url">Address</label>
      <input
        id="webhook-url"
        name="url"
        type="url"
        placeholder="https://"
        maxLength={1000}
        autoComplete="off"
        required
      />
      <label htmlFor="webhook-format">Format</label>
      <select id="webhook-format" name="format">
        {FORMATS.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      <label htmlFor="webhook-label">What you call it, if you like</label>
      <input id="webhook-label" name="label" maxLength={60} autoComplete="off" />
      <button type="submit">Add a webhook</button>
    </DoorForm>
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

function Lines({
  channels,
  shown = null,
}: {
  channels: ChannelLine[]
  shown?: { id: number | null; secret: string } | null
}) {
  return (
    <ul className={styles.list}>
      {channels.map((channel) => {
        const { id, kind, label, address, format, enabled, suspendedAt } = channel
        const name = kind === 'mail' ? (address ?? label) : label
        return (
          <li key={id}>
            <span>
              <strong>{name}</strong>
              {kind === 'webhook' && `, ${format} at ${address}`}
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
              {kind === 'webhook' && shown?.id !== id && (
                <a href={`/settings/notices?secret=${id}#channels`} aria-label={`Show the secret of ${name}`}>
                  Show its secret
                </a>
              )}
              {kind !== 'mail' && <Act want="test" id={id} name={name} words="Test" />}
              {enabled && !suspendedAt ? (
                <Act want="disable" id={id} name={name} words="Turn off" />
              ) : (
                <Act want="enable" id={id} name={name} words="Turn on" />
              )}
              {kind !== 'mail' && <Act want="remove" id={id} name={name} words="Remove" />}
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
