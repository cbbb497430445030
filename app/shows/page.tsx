import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { pageMetadata } from '@/lib/feeds/metadata'
import { type BrowseFilter, parseBrowseFilter } from '@/lib/lists/browse'
import { browseShows, getFacets } from '@/lib/lists/queries'
import type { Facet, FacetName } from '@/lib/lists/table'
import { LAMP_WORDS } from '../_components/lamp/lamp'
import { Shelf } from '../_components/lists/shelf'
import { SHOW_WORDS } from '../_components/words'
import styles from './browse.module.css'

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

type Choice = Pick<Facet, 'value' | 'label'> & { count?: number }

const count = new Intl.NumberFormat('en-GB')
/** Values of one filter that its menu lists; the rest are reached from the shows themselves. */
const MENU_MAX = 60

const STATUS_OF_WORDS = new Map(
  Object.entries(SHOW_WORDS).map(([status, words]) => [words.toLowerCase(), status]),
)

const SORT_WORDS: Record<BrowseFilter['sort'], string> = {
  popular: 'Best known first',
  next: 'Next season soonest',
  newest: 'Newest season first',
  title: 'By title',
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const params = await searchParams
  const base = pageMetadata(
    '/shows',
    'Shows',
    'Every show we keep a record of, by genre, country, network and by what is known of its next season.',
  )
  // One list, many orders: search engines keep the plain one.
  return Object.keys(params).length > 0 ? { ...base, robots: { index: false, follow: true } } : base
}

const labelOf = (options: Choice[], value: string) =>
  options.find((option) => option.value === value)?.label ?? value.replaceAll('-', ' ')

/** The list's address with some of its filters changed; a changed filter begins at the first page. */
function addressOf(filter: BrowseFilter, change: Partial<Record<string, string | undefined>>): string {
  const { cursor: _cursor, sort, ...rest } = filter
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({
    ...rest,
    sort: sort === 'popular' ? undefined : sort,
    ...change,
  }))
    if (value) query.set(name, value)
  const text = query.toString()
  return text ? `/shows?${text}` : '/shows'
}

export default async function Browse({ searchParams }: Props) {
  const params = await searchParams
  const { status } = params
  const parsed = parseBrowseFilter({
    ...params,
    status: typeof status === 'string' ? (STATUS_OF_WORDS.get(status.toLowerCase()) ?? status) : status,
  })
  if (!parsed.ok) notFound()
  const { filter } = parsed
  const [page, choices] = await Promise.all([browseShows(filter), getFacets(filter)])
  const menus: [name: FacetName | 'status', label: string, options: Choice[]][] = [
    ['genre', 'Genre', choices.genre],
    ['tag', 'Premise', choices.tag],
    ['country', 'Country', choices.country],
    ['language', 'Language', choices.language],
    ['network', 'Where', choices.network],
    ['kind', 'Kind', choices.kind],
    ['year', 'Began in', choices.year],
    // Without counts: with them every list would change with every state of every show.
    ['status', 'State', Object.entries(SHOW_WORDS).map(([value, label]) => ({ value, label }))],
  ]
  const chosen: [name: string, words: string][] = [
    ...menus.flatMap(([name, , options]): [string, string][] => {
      const value = filter[name]
      return value ? [[name, labelOf(options, value)]] : []
    }),
    ...(filter.lamp ? [['lamp', LAMP_WORDS[filter.lamp]] as [string, string]] : []),
    ...(filter.person ? [['person', filter.person] as [string, string]] : []),
  ]
  return (
    <>
      <div className={styles.head}>
        <h1>Shows</h1>
        <p className="quiet">
          {count.format(page.total)} {page.total === 1 ? 'show' : 'shows'}
          {chosen.length > 0 && ': '}
          {chosen.map(([, words]) => words).join(', ')}
        </p>
      </div>
      <details className={styles.filters} open={chosen.length > 0}>
        <summary>Filter and sort</summary>
        <form action="/shows" method="get" className={styles.form}>
          {menus.map(([name, label, options]) => {
            const value = filter[name]
            const shown = options.slice(0, MENU_MAX)
            const own = value && !shown.some((option) => option.value === value)
            return (
              <p key={name}>
                <label htmlFor={`filter-${name}`}>{label}</label>
                <select id={`filter-${name}`} name={name} defaultValue={value ?? ''}>
                  <option value="">Any</option>
                  {own && <option value={value}>{labelOf(options, value)}</option>}
                  {shown.map((option) => (
                    <option key={option.value} value={option.value}>
                      {option.count === undefined
                        ? option.label
                        : `${option.label} (${count.format(option.count)})`}
                    </option>
                  ))}
                </select>
              </p>
            )
          })}
          <p>
            <label htmlFor="filter-sort">Order</label>
            <select id="filter-sort" name="sort" defaultValue={filter.sort}>
              {Object.entries(SORT_WORDS).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          </p>
          {(['lamp', 'person'] as const).map(
            (name) => filter[name] && <input key={name} type="hidden" name={name} value={filter[name]} />,
          )}
          <button type="submit" className="button-primary">
            Show
          </button>
        </form>
      </details>
      {chosen.length > 0 && (
        <ul className={styles.chosen} aria-label="Filters in force">
          {chosen.map(([name, words]) => (
            <li key={name}>
              <a href={addressOf(filter, { [name]: undefined })}>
                <span className="visually-hidden">Without </span>
                {words}
                <span aria-hidden="true"> ×</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {page.items.length > 0 ? (
        <Shelf shows={page.items} />
      ) : (
        <p className={styles.none}>
          No show in the record answers to all of that. <a href="/shows">See all shows</a>
        </p>
      )}
      {(page.previous || page.next) && (
        <nav aria-label="Pages" className={styles.pages}>
          {page.previous ? (
            <a className="button" rel="prev" href={addressOf(filter, { cursor: page.previous })}>
              Earlier
            </a>
          ) : (
            <span />
          )}
          {page.next && (
            <a className="button" rel="next" href={addressOf(filter, { cursor: page.next })}>
              More shows
            </a>
          )}
        </nav>
      )}
    </>
  )
}
