/**
 * 400 queries as people ask them, in twelve languages, made by rule from the names of a catalogue: season words,
 * questions, romanised names, words spelt out, articles put behind, dots left out, country and year, Chinese of the
 * other script, character references. Always the same 400 for the same catalogue and seed.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { SearchableShow } from '../../lib/search/types'
import { seeded } from '../../lib/shared/random'
import { type Trial, trialsOf } from './search-measure'

/** A query with what a right first answer is. */
export interface Asked {
  query: string
  kind: string
  language: string
  /** The show meant and every other that bears the very name and fits what else the words say. */
  right: Set<string>
  /** The number of the season asked for, where one was. */
  season: number | null
  /** The half the query falls in by its hash: rules are tuned on `tuned`, the figure is that of `kept`. */
  half: 'tuned' | 'kept'
}

interface Named {
  slug: string
  title: string
  names: string[]
  country: string
  year: number | null
  seasons: number
  popularity: number
  kind: string
}

const COUNTS = { two: 2, three: 3, four: 4, five: 5 }
const NUMBERS = Object.values(COUNTS)
type Words = Record<number, string>
const listed = (...words: string[]): Words => Object.fromEntries(words.map((word, i) => [NUMBERS[i]!, word]))

const ENGLISH = listed('second', 'third', 'fourth', 'fifth')
const ENGLISH_SHORT = listed('2nd', '3rd', '4th', '5th')
const ENGLISH_COUNT = listed('two', 'three', 'four', 'five')
const ROMAN = listed('II', 'III', 'IV', 'V')
const HAN = listed('二', '三', '四', '五')

type Template = (title: string, n: number) => string

const SEASONS: Record<string, Template[]> = {
  en: [
    (t, n) => `${t} ${ENGLISH[n]} season`,
    (t, n) => `season ${n} of ${t}`,
    (t, n) => `${t} ${ENGLISH_SHORT[n]} Season`,
    (t, n) => `${t} S0${n}`,
    (t, n) => `${t} part ${n}`,
    (t, n) => `${t} season ${ENGLISH_COUNT[n]}`,
    (t, n) => `${t} series ${n}`,
    (t, n) => `${t}: Season ${n}`,
    (t, n) => `season ${n} ${t}`,
    (t, n) => `the ${ENGLISH[n]} season of ${t}`,
    (t, n) => `${t} season ${ROMAN[n]}`,
    (t, n) => `${t} cour ${n}`,
    (t, n) => `${t} (season ${n})`,
    (t, n) => `${t} s${n}`,
  ],
  de: [
    (t, n) => `${t} staffel ${n}`,
    (t, n) => `${t} ${n}. Staffel`,
    (t, n) => `${n}. Staffel ${t}`,
    (t, n) => `${t} ${listed('zweite', 'dritte', 'vierte', 'fünfte')[n]} Staffel`,
    (t, n) => `Staffel ${n} von ${t}`,
    (t, n) => `${t} Staffel ${listed('zwei', 'drei', 'vier', 'fünf')[n]}`,
    (t, n) => `${t} - Staffel ${n}`,
  ],
  fr: [
    (t, n) => `${t} saison ${n}`,
    (t, n) => `saison ${n} de ${t}`,
    (t, n) => `${t} ${n}e saison`,
    (t, n) => `${t} ${n}ème saison`,
    (t, n) => `${t} ${listed('deuxième', 'troisième', 'quatrième', 'cinquième')[n]} saison`,
    (t, n) => `${t} saison ${listed('deux', 'trois', 'quatre', 'cinq')[n]}`,
    (t, n) => `la ${listed('deuxième', 'troisième', 'quatrième', 'cinquième')[n]} saison de ${t}`,
  ],
  es: [
    (t, n) => `${t} temporada ${n}`,
    (t, n) => `${t} ${listed('segunda', 'tercera', 'cuarta', 'quinta')[n]} temporada`,
    (t, n) => `${n}ª temporada de ${t}`,
    (t, n) => `temporada ${n} de ${t}`,
    (t, n) => `${t} temporada ${listed('dos', 'tres', 'cuatro', 'cinco')[n]}`,
    (t, n) => `${t} T${n}`,
    (t, n) => `${t}: ${n}.ª temporada`,
  ],
  it: [
    (t, n) => `${t} stagione ${n}`,
    (t, n) => `${t} ${listed('seconda', 'terza', 'quarta', 'quinta')[n]} stagione`,
    (t, n) => `stagione ${n} di ${t}`,
    (t, n) => `${t} ${n}a stagione`,
    (t, n) => `${n}ª stagione ${t}`,
    (t, n) => `la ${listed('seconda', 'terza', 'quarta', 'quinta')[n]} stagione di ${t}`,
  ],
  pt: [
    (t, n) => `${t} temporada ${n}`,
    (t, n) => `${n}ª temporada ${t}`,
    (t, n) => `${t} ${listed('segunda', 'terceira', 'quarta', 'quinta')[n]} temporada`,
    (t, n) => `${t} ${n}a temporada`,
    (t, n) => `temporada ${n} de ${t}`,
  ],
  pl: [
    (t, n) => `${t} sezon ${n}`,
    (t, n) => `${t} ${n} sezon`,
    (t, n) => `${listed('drugi', 'trzeci', 'czwarty', 'piąty')[n]} sezon ${t}`,
    (t, n) => `${n}. sezon ${t}`,
    (t, n) => `${t} seria ${n}`,
  ],
  tr: [
    (t, n) => `${t} ${n}. sezon`,
    (t, n) => `${t} sezon ${n}`,
    (t, n) => `${t} ${listed('ikinci', 'üçüncü', 'dördüncü', 'beşinci')[n]} sezon`,
    (t, n) => `${t} ${n} sezon`,
  ],
  ru: [
    (t, n) => `${t} сезон ${n}`,
    (t, n) => `${t} ${n} сезон`,
    (t, n) => `${t} ${n}-й сезон`,
    (t, n) => `${listed('второй', 'третий', 'четвёртый', 'пятый')[n]} сезон ${t}`,
    (t, n) => `${n} сезон ${t}`,
  ],
  ja: [
    (t, n) => `${t} シーズン${n}`,
    (t, n) => `${t} 第${n}期`,
    (t, n) => `${t}${n}期`,
    (t, n) => `${t} 第${HAN[n]}期`,
    (t, n) => `${t} シーズン ${n}`,
    (t, n) => `${t} 第${n}シーズン`,
    (t, n) => `${t} ${listed('セカンド', 'サード', 'フォース', 'フィフス')[n]}シーズン`,
  ],
  ko: [
    (t, n) => `${t} 시즌 ${n}`,
    (t, n) => `${t} 시즌${n}`,
    (t, n) => `${t} ${n}기`,
    (t, n) => `${t} ${listed('두', '세', '네', '다섯')[n]} 번째 시즌`,
    (t, n) => `${t}${n}기`,
  ],
  zh: [
    (t, n) => `${t} 第${n}季`,
    (t, n) => `${t}第${HAN[n]}季`,
    (t, n) => `${t}第${n}季`,
    (t, n) => `${t} 第${HAN[n]}季`,
    (t, n) => `${t} 第${HAN[n]}部`,
  ],
}
const SEASON_QUERIES = 14

const QUESTIONS: Record<string, Template[]> = {
  en: [
    (t, n) => `when is ${t} season ${n} coming out`,
    (t, n) => `${t} season ${n} release date`,
    (t) => `${t} renewed or cancelled`,
  ],
  de: [
    (t, n) => `wann kommt ${t} staffel ${n}`,
    (t, n) => `${t} staffel ${n} start`,
    (t) => `${t} abgesetzt`,
  ],
  fr: [
    (t, n) => `${t} saison ${n} date de sortie`,
    (t, n) => `quand sort ${t} saison ${n}`,
    (t) => `${t} annulée`,
  ],
  es: [
    (t, n) => `cuándo sale ${t} temporada ${n}`,
    (t, n) => `${t} temporada ${n} fecha de estreno`,
    (t) => `${t} cancelada`,
  ],
  it: [
    (t, n) => `quando esce ${t} stagione ${n}`,
    (t, n) => `${t} stagione ${n} data di uscita`,
    (t) => `${t} rinnovata`,
  ],
  pt: [
    (t, n) => `quando estreia ${t} temporada ${n}`,
    (t, n) => `${t} temporada ${n} data de estreia`,
    (t) => `${t} renovada`,
  ],
  pl: [
    (t, n) => `kiedy ${t} sezon ${n}`,
    (t, n) => `${t} sezon ${n} premiera`,
    (t) => `${t} kiedy nowy sezon`,
  ],
  tr: [
    (t, n) => `${t} ${n}. sezon ne zaman`,
    (t, n) => `${t} ${n}. sezon çıkış tarihi`,
    (t) => `${t} yeni sezon ne zaman`,
  ],
  ru: [
    (t, n) => `когда выйдет ${t} ${n} сезон`,
    (t, n) => `${t} ${n} сезон дата выхода`,
    (t) => `${t} продлен`,
  ],
  ja: [(t, n) => `${t} 第${n}期 いつ`, (t, n) => `${t} シーズン${n} 配信日`, (t) => `${t} 続編`],
  ko: [(t, n) => `${t} 시즌 ${n} 공개일`, (t, n) => `${t} 시즌${n} 언제`, (t) => `${t} 방영일`],
  zh: [(t, n) => `${t} 第${n}季 什么时候`, (t, n) => `${t}第${n}季上映时间`, (t) => `${t} 续订`],
}

/** Which scripts a language's readers type a name in. */
const SCRIPT: Record<string, RegExp> = {
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
  ko: /^[가-힣\d\s]+$/u,
  zh: /^\p{Script=Han}{3,}$/u,
}

const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/&/g, 'and')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(?:the|an?) (?=.)/, '')
    .replaceAll(' ', '')

/** Han characters of the two Chinese scripts: two names of one show differ in them alone, and so do those of others. */
function otherScript(shows: Named[]): Map<string, string> {
  const seenIn = new Map<string, Set<string>>()
  const sameIn = new Map<string, Set<string>>()
  const note = (map: typeof seenIn, key: string, slug: string) =>
    map.set(key, (map.get(key) ?? new Set()).add(slug))
  for (const { slug, names } of shows)
    for (const one of names)
      for (const other of names) {
        if (one === other || one.length !== other.length || !/^\p{Script=Han}{3,}$/u.test(one + other))
          continue
        const differ = [...one].filter((letter, i) => letter !== other[i]).length
        if (differ > one.length / 2) continue
        for (const [i, letter] of [...one].entries())
          if (letter === other[i]) note(sameIn, letter, slug)
          else note(seenIn, `${letter}${other[i]}`, slug)
      }
  const table = new Map<string, string>()
  for (const [pair, { size }] of [...seenIn].sort((a, b) => a[1].size - b[1].size)) {
    const [from, to] = [...pair] as [string, string]
    // A word put for another ("的", "之") mostly stays as it is.
    const stays = Math.max(sameIn.get(from)?.size ?? 0, sameIn.get(to)?.size ?? 0)
    if (size >= 4 && stays < size) table.set(from, to)
  }
  return table
}

const CODES: Record<string, string> = {
  '&': '&amp;',
  "'": '&#039;',
  '’': '&rsquo;',
  '"': '&quot;',
  é: '&eacute;',
  ü: '&#xFC;',
}

const SPELLINGS: [RegExp, string, language: string][] = [
  [/\bDr\. ?/, 'Doctor ', 'en'],
  [/\bDoctor\b/, 'Dr', 'en'],
  [/\bMr\. ?/, 'Mister ', 'en'],
  [/\bSt\. /, 'Saint ', 'en'],
  [/\bSaint\b/, 'St', 'en'],
  [/ & /, ' and ', 'en'],
  [/ & /, ' und ', 'de'],
  [/ & /, ' et ', 'fr'],
  [/ & /, ' y ', 'es'],
  [/\band\b/i, '&', 'en'],
  [/\b[Vv]s\.? /, 'versus ', 'en'],
  [/\b2\b/, 'two', 'en'],
  [/\b3\b/, 'three', 'en'],
  [/\b7\b/, 'seven', 'en'],
  [/\bTwo\b/, '2', 'en'],
  [/\bThree\b/, '3', 'en'],
  [/\bSeven\b/, '7', 'en'],
  [/\b100\b/, 'hundred', 'en'],
  [/\bOne\b/, '1', 'en'],
  [/\bTen\b/, '10', 'en'],
]

const LONG: [RegExp, string][] = [
  [/ou/g, 'o'],
  [/ou/g, 'ō'],
  [/uu/g, 'u'],
  [/oo/g, 'oh'],
  [/ wo /g, ' o '],
  [/ wa /g, ' ha '],
  [/shi/g, 'si'],
  [/ /g, ''],
]

/** The revised romanisation of a Korean name, syllable by syllable and without the changes of sound between them. */
function byLetter(name: string): string {
  const initial = 'g kk n d tt r m b pp s ss  j jj ch k t p h'.split(' ')
  const medial = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ')
  const final = ' k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ')
  return [...name]
    .map((letter) => {
      const at = letter.charCodeAt(0) - 0xac00
      if (at < 0 || at > 11_171) return letter
      return initial[Math.floor(at / 588)]! + medial[Math.floor((at % 588) / 28)]! + final[at % 28]!
    })
    .join('')
}

const COUNTRY: Record<string, string> = {
  'United States': 'us',
  'United Kingdom': 'uk',
  Australia: 'au',
  'South Korea': 'korea',
  Japan: 'japan',
  Canada: 'canada',
}

const ARTICLES: [RegExp, string][] = [
  [/^(The|A|An) /, 'en'],
  [/^(Der|Die|Das) /, 'de'],
  [/^(Le|La|Les|Un|Une) /, 'fr'],
  [/^(El|La|Los|Las|Un|Una) /, 'es'],
  [/^(Il|La|I|Gli|Un|Una) /, 'it'],
  [/^(O|A|Os|As) /, 'pt'],
]
const TOTAL = { romanised: 48, spelt: 40, article: 32, dotted: 20, suffix: 24, han: 20, codes: 12 }

/** The queries for a catalogue file (NDJSON). Throws where the file has too few shows to ask for. */
export function askedQueries(file: string, seed = 15): Asked[] {
  const random = seeded(seed)
  const shows = readNamed(file)
  const carriers = new Map<string, Set<string>>()
  const bySlug = new Map(shows.map((show) => [show.slug, show]))
  for (const { slug, title, names } of shows)
    for (const name of new Set([title, ...names].map(plain)))
      carriers.set(name, (carriers.get(name) ?? new Set()).add(slug))
  const queries = new Map<string, Asked>()
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!

  function ask(
    kind: string,
    language: string,
    query: string,
    name: string,
    season: number | null,
    fits = (_: Named) => true,
  ) {
    const right = new Set([...(carriers.get(plain(name)) ?? [])].filter((slug) => fits(bySlug.get(slug)!)))
    const text = random() < 0.5 ? query.toLowerCase() : query
    if (right.size === 0 || queries.has(text)) return false
    const half = createHash('sha256').update(text).digest()[0]! % 2 === 0 ? 'tuned' : 'kept'
    queries.set(text, { query: text, kind, language, right, season, half })
    return true
  }
  /** `count` queries of a kind, each by `make`, which may find that its draw does not do. */
  function draw(count: number, kind: string, make: () => boolean) {
    for (let made = 0, tried = 0; made < count; tried++) {
      if (tried > 20_000) throw new Error(`too few shows to make ${count} queries of the kind "${kind}"`)
      if (make()) made++
    }
  }

  const known = shows.filter(({ popularity, title }) => popularity >= 25 && plain(title).length >= 3)
  const returned = known.filter(({ seasons }) => seasons >= 2)
  const nameFor = (show: Named, language: string) => {
    const script = SCRIPT[language]
    return script ? show.names.find((name) => script.test(name) && !/\d/.test(name)) : show.title
  }
  const withSeason = (kind: string, language: string, template: Template) => () => {
    const show = pick(returned)
    const name = nameFor(show, language)
    // A number at its end would be read with the season's.
    if (!name || /[\d]$|\b(?:I|II|III|IV|V)$/.test(name)) return false
    const number = NUMBERS.filter((n) => n <= show.seasons + 1)
    const n = pick(number)
    const query = template(name, n)
    return ask(kind, language, query, name, query === template(name, 9) ? null : n)
  }
  for (const [language, templates] of Object.entries(SEASONS))
    for (let i = 0; i < SEASON_QUERIES; i++)
      draw(1, 'season', withSeason('season', language, templates[i % templates.length]!))
  for (const [language, templates] of Object.entries(QUESTIONS))
    for (const template of templates) draw(1, 'question', withSeason('question', language, template))

  draw(TOTAL.romanised, 'romanised', () => {
    const show = pick(shows.filter(({ popularity }) => popularity >= 10))
    if (random() < 0.6) {
      const romaji = show.names.find((name) => /^[a-z][a-z ]+ (?:no|wa|wo|ga|ni|to|na) [a-z ]+$/i.test(name))
      if (!romaji || show.kind !== 'anime') return false
      const [from, to] = pick(LONG)
      const changed = romaji.toLowerCase().replace(from, to)
      return changed !== romaji.toLowerCase() && ask('romanised', 'ja', changed, romaji, null)
    }
    const korean = show.names.find((name) => /^[가-힣]{2,} [가-힣 ]{2,}$/.test(name))
    if (!korean) return false
    const latin = byLetter(korean)
    return ask('romanised', 'ko', random() < 0.5 ? latin : latin.replaceAll(' ', ''), korean, null)
  })
  draw(TOTAL.spelt, 'spelt', () => {
    const [from, to, language] = pick(SPELLINGS)
    const show = pick(shows.filter(({ title }) => from.test(title)))
    return ask('spelt', language, show.title.replace(from, to), show.title, null)
  })
  draw(TOTAL.article, 'article', () => {
    const [pattern, language] = pick(ARTICLES)
    const show = pick(
      shows.filter(({ names, title }) => [title, ...names].some((name) => pattern.test(name))),
    )
    const name = [show.title, ...show.names].find((one) => pattern.test(one))!
    const [article = ''] = pattern.exec(name) ?? []
    const rest = name.slice(article.length)
    return plain(rest).length >= 4 && ask('article', language, `${rest}, ${article.trim()}`, name, null)
  })
  draw(TOTAL.dotted, 'dotted', () => {
    const show = pick(
      shows.filter(({ title }) =>
        /(?:^|[^\p{L}])(?:\p{L}[.*]){2,}|\d-\d|^\p{Lu}[:.\s-]\p{Lu}\b/u.test(title),
      ),
    )
    const together = show.title.replace(/[.*-]/g, '')
    return together !== show.title && ask('dotted', 'en', together, show.title, null)
  })
  draw(TOTAL.suffix, 'suffix', () => {
    const shared = [...carriers].filter(([name, slugs]) => slugs.size > 1 && name.length >= 3)
    const [, slugs] = pick(shared)
    const show = bySlug.get(pick([...slugs]))!
    if (/\d$/.test(show.title)) return false
    const code = COUNTRY[show.country]
    if (random() < 0.5)
      return (
        code !== undefined &&
        ask('suffix', 'en', `${show.title} ${code}`, show.title, null, (one) => one.country === show.country)
      )
    return (
      show.year !== null &&
      ask('suffix', 'en', `${show.title} ${show.year}`, show.title, null, (one) => one.year === show.year)
    )
  })
  const scripts = otherScript(shows)
  draw(TOTAL.han, 'han', () => {
    const show = pick(shows)
    const name = show.names.find((one) => /^\p{Script=Han}{4,}$/u.test(one))
    const other = name && [...name].map((letter) => scripts.get(letter) ?? letter).join('')
    return Boolean(
      name && other && other !== name && !carriers.has(plain(other)) && ask('han', 'zh', other, name, null),
    )
  })
  draw(TOTAL.codes, 'codes', () => {
    const show = pick(shows)
    const coded = show.title.replace(/[&'’"éü]/g, (letter) => CODES[letter]!)
    return coded !== show.title && ask('codes', 'en', coded, show.title, null)
  })
  return [...queries.values()]
}

function readNamed(file: string): Named[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const record = JSON.parse(line)
      const premieres = (record.seasons ?? [])
        .map((one: { premiere?: string }) => one.premiere)
        .filter(Boolean)
      return {
        slug: record.slug,
        title: record.title,
        names: [record.original_title, ...(record.aliases ?? [])].filter(Boolean),
        country: record.country ?? '',
        year: premieres.length > 0 ? Number(premieres.sort()[0].slice(0, 4)) : null,
        seasons: record.seasons?.length ?? 0,
        popularity: record.popularity ?? 0,
        kind: record.kind,
      }
    })
}

const WORDY =
  /\b(?:seasons?|series|parts?|volumes?|chapters?|books?|cour|acts?|stage|final|last|new|first|second|third|fourth|fifth|one|two|three|four|five|six|seven|ten|i{1,3}|iv|vi{0,3}|ix|x|staffel|saison|temporada|stagione|sezon|seria|when|what|is|will|release|date|renewed|cancelled|coming|back|dr|mr|st|us|uk|the)\b|сезон|シーズン|[第期季部]|시즌|\d/iu

/** `count` names of shows that themselves hold a word of seasons, a number or a word of a question. */
export function wordyNames(shows: SearchableShow[], count: number): Trial[] {
  const place = (name: string) => createHash('sha256').update(name).digest('hex')
  return trialsOf(shows)
    .filter(({ name }) => WORDY.test(name.replace(/^the /i, '')))
    .sort((a, b) => (place(a.name) < place(b.name) ? -1 : 1))
    .slice(0, count)
}

/** The best-known anime whose Japanese name in Latin letters is another than the one it has abroad, with that one. */
export const ANIME_BY_ROMAJI: [romaji: string, title: string][] = [
  ['Shingeki no Kyojin', 'Attack on Titan'],
  ['Kimetsu no Yaiba', 'Demon Slayer: Kimetsu no Yaiba'],
  ['Boku no Hero Academia', 'My Hero Academia'],
  // Two bear it; the better known comes first.
  ['Hagane no Renkinjutsushi', 'Fullmetal Alchemist: Brotherhood'],
  ['Nanatsu no Taizai', 'The Seven Deadly Sins'],
  ['Yakusoku no Neverland', 'The Promised Neverland'],
  ['Shigatsu wa Kimi no Uso', 'Your Lie In April'],
  ['Ansatsu Kyoushitsu', 'Assassination Classroom'],
  ['Mirai Nikki', 'Future Diary'],
  ['Ao no Exorcist', 'Blue Exorcist'],
  ['Kiseijuu', 'Parasyte: The Maxim'],
  ['Tensei Shitara Slime Datta Ken', 'That Time I Got Reincarnated as a Slime'],
  ['Kono Subarashii Sekai ni Shukufuku wo', "KonoSuba: God's Blessing on this Wonderful World!"],
  ['Youkoso Jitsuryoku Shijou Shugi no Kyoushitsu e', 'Classroom of the Elite'],
  ['Tate no Yuusha no Nariagari', 'The Rising of the Shield Hero'],
  ['Enen no Shouboutai', 'Fire Force'],
  ['Seishun Buta Yarou', 'Rascal Does Not Dream of Bunny Girl Senpai'],
  ['Yahari Ore no Seishun Love Comedy wa Machigatteiru', 'My Teen Romantic Comedy SNAFU'],
  ['Kaguya-sama wa Kokurasetai', 'Kaguya-sama: Love Is War'],
  ['Sousou no Frieren', "Frieren: Beyond Journey's End"],
  ['Kusuriya no Hitorigoto', 'The Apothecary Diaries'],
  ['Ore dake Level Up na Ken', 'Solo Leveling'],
  ['Mahou Shoujo Madoka Magica', 'Puella Magi Madoka Magica'],
  ['Dungeon ni Deai wo Motomeru', 'Is It Wrong to Try to Pick Up Girls in a Dungeon?'],
  ['Kaichou wa Maid-sama', 'Maid Sama!'],
  ['Ookami to Koushinryou', 'Spice and Wolf'],
  ['Suzumiya Haruhi no Yuuutsu', 'The Melancholy of Haruhi Suzumiya'],
  ['Ouran Koukou Host Club', 'Ouran High School Host Club'],
  ['Natsume Yuujinchou', "Natsume's Book of Friends"],
  ['Mahoutsukai no Yome', "The Ancient Magus' Bride"],
  ['Fumetsu no Anata e', 'To Your Eternity'],
  ['Jigokuraku', "Hell's Paradise"],
  ['Kuroko no Basuke', "Kuroko's Basketball"],
  ['Toaru Majutsu no Index', 'A Certain Magical Index'],
  ['Kidou Senshi Gundam', 'Mobile Suit Gundam'],
  ['Bishoujo Senshi Sailor Moon', 'Sailor Moon'],
  ['Hokuto no Ken', 'Fist of the North Star'],
  ['Ginga Eiyuu Densetsu', 'Legend of the Galactic Heroes'],
  ['Shinseiki Evangelion', 'Neon Genesis Evangelion'],
  ['Kimi ni Todoke', 'From Me to You: Kimi ni Todoke'],
]
