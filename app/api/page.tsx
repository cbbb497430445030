import type { Metadata } from 'next'
import { Fragment } from 'react'
import { RATES } from '@/lib/edge/limits'
import { apiShow } from '@/lib/feeds/api'
import { pageMetadata } from '@/lib/feeds/metadata'
import { type JsonSchema, openApi } from '@/lib/feeds/openapi'
import { getShowPage } from '@/lib/pages/show'
import { reads } from '@/lib/shared/reads'
import { siteUrl } from '@/lib/shared/site'
import { cardTag, RELATED_TAG } from '@/lib/shared/tags'
import rows from '../about/about.module.css'
import styles from './api.module.css'
import { abridged, fieldsOf, typeWords } from './schema-words'

/** The show whose real answer stands here as the example, where the catalogue has it. */
const EXAMPLE = 'all-of-us-are-dead'

export function generateMetadata(): Metadata {
  return pageMetadata(
    '/api',
    'Open API',
    'Shows, seasons, statements and changes as JSON: every address, every parameter, a real answer, errors, limits and terms. No key.',
  )
}

/** The API for people, printed from the same document that programs read. */
export default async function Api() {
  const site = siteUrl()
  const { info, paths, components } = openApi(site)
  const example = await exampleAnswer()
  return (
    <div className="prose">
      <h1>Open API</h1>
      <p className="lede">{info.description}</p>
      <p>
        Programs read the same as <a href="/api/v1/openapi.json">OpenAPI 3.1</a>. All addresses begin with{' '}
        <code>{`${site}/api/v1`}</code> and take GET. Answers are JSON with an entity tag: with{' '}
        <code>If-None-Match</code> what has not changed costs you nothing. Everything at once, made each
        night, is at <a href="/data">open data</a>.
      </p>

      {Object.entries(paths).map(([path, { get }]) => (
        <section key={path} id={get.operationId}>
          <h2>{get.summary}</h2>
          <p>
            <code>{`GET /api/v1${path}`}</code>
          </p>
          <dl className={rows.rows}>
            {get.parameters.map(({ name, required, schema, description }) => (
              <Row key={name} name={name} type={`${typeWords(schema)}${required ? ', required' : ''}`}>
                {description}
              </Row>
            ))}
          </dl>
          <ul>
            {Object.entries(get.responses).map(([status, { description, content }]) => {
              const { schema } = Object.values(content)[0]!
              const shapes = (schema.anyOf as JsonSchema[] | undefined) ?? [schema]
              return (
                <li key={status}>
                  {`${status}: `}
                  {shapes.map((shape, i) => (
                    <Fragment key={typeWords(shape)}>
                      {i > 0 && ' or '}
                      <a href={`#${typeWords(shape)}`}>{typeWords(shape)}</a>
                    </Fragment>
                  ))}
                  {`. ${description}`}
                </li>
              )
            })}
          </ul>
        </section>
      ))}

      {example && (
        <>
          <h2 id="example">A real answer</h2>
          <p>
            <code>{`curl ${site}/api/v1/shows/${EXAMPLE}`}</code> answers this today; every list is cut to its
            first entry here.
          </p>
          <pre className={styles.example}>
            <code>{example}</code>
          </pre>
        </>
      )}

      <h2 id="shapes">What answers hold</h2>
      <p>
        Every field is always there, null where nothing is known
        {', '}but for <code>parameter</code> of a problem. New fields may come; none goes or changes its
        meaning within version 1.
      </p>
      {Object.entries(components.schemas).map(([name, schema]) => (
        <section key={name} id={name}>
          <h3>{name}</h3>
          {typeof schema.description === 'string' && <p>{schema.description}</p>}
          <dl className={rows.rows}>
            {fieldsOf(schema).map((field) => (
              <Row key={field.name} name={field.name} type={field.type}>
                {field.words}
              </Row>
            ))}
          </dl>
        </section>
      ))}

      <h2 id="errors">Errors</h2>
      <p>
        A refusal is <code>application/problem+json</code> (RFC 9457). Its <code>detail</code> is a sentence
        that says what is wrong and what would be right, its <code>parameter</code> which one was at fault.
      </p>
      <h2 id="limits">How often</h2>
      <p>
        {`One address may ask ${RATES.api.burst} times at once and ${RATES.api.perSecond} times a second for good; of lists ${RATES.list.perSecond} times a second.`}{' '}
        What is kept ready is not counted. Beyond that the answer is 429 with <code>Retry-After</code>; 503
        has it too.
      </p>
      <h2 id="terms">Terms</h2>
      <p>
        There is no key and no contract. The interface and the programs behind it are under the MIT licence.
        What answers hold are facts, some from sets under CC BY-SA 4.0:{' '}
        <a href="/about#licences">where they come from, and under which terms they are passed on</a>. A link
        to a show&rsquo;s page lets your readers see who said what.
      </p>
    </div>
  )
}

function Row({ name, type, children }: { name: string; type: string; children: string }) {
  return (
    <div>
      <dt>
        <code>{name}</code>
      </dt>
      <dd>
        <span className={styles.type}>{type}</span>
        {children && `. ${children}`}
      </dd>
    </div>
  )
}

async function exampleAnswer(): Promise<string | null> {
  const show = await getShowPage(EXAMPLE)
  if (!show) return null
  const related = show.related.slice(0, 1)
  reads(RELATED_TAG, ...related.map(({ slug }) => cardTag(slug)))
  return JSON.stringify(abridged(apiShow({ ...show, related })), null, 2)
}
