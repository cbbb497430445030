import { languageOf } from '@/app/_components/poster/rules'
import type { ShowGroup } from '@/lib/search/beyond-names'
import { Lamp } from '../_components/lamp/lamp'
import styles from './search.module.css'

const count = new Intl.NumberFormat('en-GB')

/** Shows by a person or a premise that a query names, a few of each and the list of all. */
export function Groups({ groups }: { groups: ShowGroup[] }) {
  return groups.map(({ words, path, total, shows }) => (
    <div key={path} className={styles.group}>
      <h3>
        <a href={path}>{words}</a>{' '}
        <span className="quiet">
          {count.format(total)} {total === 1 ? 'show' : 'shows'}
        </span>
      </h3>
      <ul>
        {shows.map(({ slug, title, country, year, network, lamp, says }) => (
          <li key={slug}>
            <a href={`/shows/${slug}`} lang={languageOf(title, country) ?? undefined}>
              {title}
            </a>
            <span className="quiet">{[year, network].filter(Boolean).join(', ')}</span>
            <Lamp state={lamp} size="s" word={says} />
          </li>
        ))}
      </ul>
    </div>
  ))
}
