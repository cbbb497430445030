import type { Difference } from '@/lib/catalogue/types'
import { formatWindow } from '@/lib/shared/edtf'
import { providerWords } from './provider-words'

/** What the fields are called on the page. */
export const FIELD_WORDS: Record<Difference['field'], string> = {
  premiere: 'Premiere',
  finale: 'Finale',
  episodes: 'Episodes',
  network: 'Where',
  country: 'Country',
}

const valueWords = (field: Difference['field'], value: string) =>
  field === 'premiere' || field === 'finale' ? formatWindow(value) : value

const names = (providers: string[]) => [...new Set(providers.map(providerWords))].join(', ')

/** Who gives what of one field: "8 (TVmaze); bangumi-data says 7". */
export function differenceWords({ field, shown, others }: Difference): string {
  const said = others.map(({ value, providers }) => {
    const who = names(providers)
    return `${who} ${who.includes(', ') ? 'say' : 'says'} ${valueWords(field, value)}`
  })
  const first = shown ? [`${valueWords(field, shown.value)} (${names(shown.providers)})`] : []
  return [...first, ...said].join('; ')
}
