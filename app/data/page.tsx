import type { Metadata } from 'next'
import { ColumnHeads } from '@/app/_components/column-heads'
import { pageMetadata } from '@/lib/feeds/metadata'
import { EXPORT_AT, leftOut, OPEN_DATA_PATH, PART_TERMS } from '@/lib/open-data/manifest'
import { getExports, getFirstLines } from '@/lib/open-data/queries'
import { type Manifest, PARTS, type Part } from '@/lib/open-data/types'
import { siteUrl } from '@/lib/shared/site'
import { Dated } from '../_components/dates'
import rows from '../about/about.module.css'
import styles from '../api/api.module.css'
import { abridged } from '../api/schema-words'
import own from './data.module.css'

const count = new Intl.NumberFormat('en-GB')

export function generateMetadata(): Metadata {
  return pageMetadata(
    '/data',
    'Open data',
    'The catalogue, every claim with its history and every event, as files made each night: sizes, checksums, terms, how to load them and how to follow what changes.',
  )
}

const HOLDS: Record<Part, string> = {
  catalogue: 'Every show: names, people, seasons, and what each provider says of them, taken back or not.',
  claims:
    'The ledger: every statement about a season, also those that were superseded or passed unmet; of those taken back the day and the reason.',
  events: 'What really changed: renewed, dated, moved, cancelled … with the claims that decided it.',
}

/** The open data for people: what there is, under which terms, how it is loaded and followed. */
export default async function Data() {
  const [newest, ...earlier] = await getExports()
  const lines = await getFirstLines()
  const site = siteUrl()
  return (
    <div className="prose">
      <h1>Open data</h1>
      <p className="lede">
        All we may pass on, as files: one line of JSON a show, a statement, a change. No key, no form.
      </p>
      {newest ? (
        <Files manifest={newest.manifest} />
      ) : (
        <p className="quiet">
          There is no export yet. The first one is made soon after the worker starts, later ones each night at{' '}
          {EXPORT_AT} UTC.
        </p>
      )}

      <h2 id="parts">What is in them, under which terms</h2>
      <dl className={rows.rows}>
        {PARTS.map((part) => (
          <div key={part}>
            <dt>{part}</dt>
            <dd>
              {HOLDS[part]} <a href={PART_TERMS[part].url}>{PART_TERMS[part].licence}</a>.{' '}
              {PART_TERMS[part].words}
            </dd>
          </div>
        ))}
      </dl>
      <p>
        <a href="/about#licences">Where the records come from</a> stands elsewhere, source by source; the
        fields of claims and events stand with the <a href="/api#ClaimLine">API</a>. A date is as precise as
        it was said, in EDTF: 2027, 2027-03, 2027-21 for spring.
      </p>
      {PARTS.map((part) => {
        const line = lines[part]
        return line ? (
          <section key={part} id={`line-${part}`}>
            <h3>The first line of {part}</h3>
            <pre className={styles.example}>
              <code>{JSON.stringify(abridged(JSON.parse(line), 2))}</code>
            </pre>
          </section>
        ) : null
      })}
      {newest && <p className="quiet small">Lists are cut to two entries here.</p>}

      <h2 id="left-out">What is not in them</h2>
      <ul>
        {leftOut().map(({ what, why }) => (
          <li key={what}>
            {what}: {why}
          </li>
        ))}
      </ul>

      <h2 id="load">Loading them</h2>
      <pre className={styles.example}>
        <code>{`curl -O ${site}/data/catalogue.ndjson.gz -O ${site}/data/claims.ndjson.gz -O ${site}/data/events.ndjson.gz
sha256sum *.ndjson.gz        # as the manifest has them
gunzip *.ndjson.gz
npm run greenlit -- import catalogue catalogue.ndjson
npm run greenlit -- import claims claims.ndjson`}</code>
      </pre>
      <p>
        A download that broke off goes on where it stopped (<code>curl -C -</code>);{' '}
        <code>If-None-Match</code> says whether there is anything new. Lines are in one order: shows by slug,
        claims by show, season and id, events by show, season, day and key; the same data are the same bytes.
      </p>

      <h2 id="follow">Following what changes</h2>
      <p>
        The manifest names a serial. <code>{`${site}/api/v1/changes?after=`}</code> with that number gives
        every change since, as <a href="/api#Operation">operations</a>: put its line under its key, or remove
        the key where the line is null, and go on with <code>next</code>. Beginning with 0 and nothing, you
        arrive at the same files, byte for byte. No change is passed over, however many are written at once.
      </p>

      {earlier.length > 0 && (
        <>
          <h2 id="earlier">Earlier exports</h2>
          <ul>
            {earlier.map(({ manifest }) => (
              <li key={manifest.made_on}>
                <Dated edtf={manifest.made_on} />:{' '}
                {manifest.files.map(({ part, address }, i) => (
                  <span key={part}>
                    {i > 0 && ', '}
                    <a href={address}>{part}</a>
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function Files({ manifest }: { manifest: Manifest }) {
  return (
    <>
      <p>
        Made on <Dated edtf={manifest.made_on} /> at {manifest.made_at.slice(11, 16)} UTC; the next one comes
        in the night at {EXPORT_AT} UTC. The same for programs: <a href="/data/manifest.json">manifest</a>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="scroll-x" aria-label="Files of the newest export" tabIndex={0}>
        <table>
          <ColumnHeads
            names={['File', 'Lines', 'Bytes', 'Unpacked', 'SHA-256']}
            numbers={['Lines', 'Bytes', 'Unpacked']}
          />
          <tbody>
            {manifest.files.map((file) => (
              <tr key={file.name}>
                <th scope="row">
                  <a href={`${OPEN_DATA_PATH}/${file.name}`}>{file.name}</a>
                </th>
                <td className="number">{count.format(file.rows)}</td>
                <td className="number">{count.format(file.bytes)}</td>
                <td className="number">{count.format(file.plain_bytes)}</td>
                <td className={own.sum}>{file.sha256}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
