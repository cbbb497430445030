import { type Entry, emptyEntry } from './entry'
import { titleKey } from './names'

/**
 * Plain facts about shows of the ledger that no set states: where they are made, and the seven shows whose claims
 * come without a page describing the show. Common knowledge, written down once; provenance says "by hand".
 */

const UNITED_STATES = [
  ...[
    'Severance',
    'Stranger Things',
    'The Last of Us',
    'House of the Dragon',
    'A Knight of the Seven Kingdoms',
  ],
  ...[
    'Wednesday',
    'The Bear',
    'Euphoria',
    'Andor',
    'The Boys',
    'Fallout',
    'Silo',
    'The White Lotus',
    'Yellowjackets',
  ],
  ...[
    'Bridgerton',
    'One Piece',
    'Avatar: The Last Airbender',
    '3 Body Problem',
    'Foundation',
    'The Rings of Power',
  ],
  ...[
    'Invincible',
    'The Wheel of Time',
    'The Sandman',
    'Mindhunter',
    'Poker Face',
    'Reacher',
    'The Night Agent',
  ],
  ...[
    'Beef',
    'Paradise',
    'The Pitt',
    'Peacemaker',
    'Daredevil: Born Again',
    'Tulsa King',
    'Marshals',
    'Dutton Ranch',
  ],
  ...['Interview with the Vampire', 'From', 'Dexter: Resurrection', 'The Witcher', 'You', 'Ginny & Georgia'],
  ...['Emily in Paris', 'Cobra Kai', 'Santa Clarita Diet', 'The OA', 'Shadow and Bone', 'Z Nation', 'Arcane'],
  ...['The Walking Dead: Daryl Dixon', 'The Walking Dead: Dead City'],
]
const UNITED_KINGDOM = ['Good Omens', 'Sex Education']
const GERMANY = ['1899']

interface Bare {
  title: string
  network?: string
  country: string
  /** English unless said otherwise. */
  language?: string
  year?: number
  /** How many seasons have begun, where it is more than one. */
  begun?: number
  genres: string[]
  kind?: string
  aliases?: string[]
}
const INDIA = { country: 'India', language: 'Hindi' }
const KOREA = { country: 'South Korea', language: 'Korean' }
const JAPAN = { country: 'Japan', language: 'Japanese' }
const US = 'United States'
const WITHOUT_PAGE: Bare[] = [
  { title: 'Asur', begun: 2, network: 'Voot', ...INDIA, year: 2020, genres: ['Crime', 'Thriller'] },
  {
    title: 'Better Late Than Single',
    network: 'Netflix',
    ...KOREA,
    year: 2025,
    genres: ['Reality', 'Romance'],
    kind: 'reality',
  },
  { title: 'Café Minamdang', network: 'KBS2', ...KOREA, year: 2022, genres: ['Comedy', 'Mystery'] },
  {
    title: 'Dragon Ball Super: Beerus',
    network: 'Fuji TV',
    ...JAPAN,
    kind: 'anime',
    genres: ['Action'],
    aliases: ['ドラゴンボール超 ビルス'],
  },
  {
    title: 'Evangelion (new series)',
    ...JAPAN,
    kind: 'anime',
    genres: ['Science fiction'],
  },
  { title: 'Farzi', network: 'Prime Video', ...INDIA, year: 2023, genres: ['Crime', 'Thriller'] },
  { title: 'Flex x Cop', network: 'SBS', ...KOREA, year: 2024, genres: ['Crime', 'Comedy'] },
  {
    title: 'Girl From Nowhere: The Reset',
    network: 'Netflix',
    country: 'Thailand',
    language: 'Thai',
    genres: ['Thriller'],
  },
  { title: 'Good Partner', network: 'SBS', ...KOREA, year: 2024, genres: ['Legal', 'Drama'] },
  { title: 'Gullak', begun: 4, network: 'SonyLIV', ...INDIA, year: 2019, genres: ['Comedy', 'Family'] },
  {
    title: 'Heeramandi: The Diamond Bazaar',
    aliases: ['Heeramandi'],
    network: 'Netflix',
    ...INDIA,
    year: 2024,
    genres: ['Drama', 'History'],
  },
  {
    title: 'Lord of Mysteries',
    network: 'Tencent Video',
    country: 'China',
    language: 'Chinese',
    year: 2025,
    kind: 'animation',
    genres: ['Fantasy', 'Mystery'],
  },
  { title: 'Maamla Legal Hai', network: 'Netflix', ...INDIA, year: 2024, genres: ['Comedy', 'Legal'] },
  { title: 'Made in Korea', network: 'Disney+', ...KOREA, year: 2025, genres: ['Drama', 'Thriller'] },
  {
    title: 'Power Book IV: Force',
    network: 'Starz',
    country: 'United States',
    year: 2022,
    begun: 3,
    genres: ['Crime', 'Drama'],
  },
  { title: 'The Royals', network: 'Netflix', ...INDIA, year: 2025, genres: ['Romance', 'Comedy', 'Drama'] },
  { title: 'VIVANT', network: 'TBS (Japan)', ...JAPAN, year: 2023, genres: ['Drama', 'Thriller'] },
  { title: 'Pulse', network: 'Netflix', country: 'United States', year: 2025, genres: ['Medical', 'Drama'] },
  { title: 'Riches', network: 'Prime Video', country: 'United Kingdom', year: 2022, genres: ['Drama'] },
  { title: 'Six of Crows', network: 'Netflix', country: 'United States', genres: ['Fantasy'] },
  { title: 'Territory', network: 'Netflix', country: 'Australia', year: 2024, genres: ['Drama', 'Western'] },
  {
    title: 'The Peripheral',
    network: 'Prime Video',
    country: 'United States',
    year: 2022,
    genres: ['Science fiction', 'Drama'],
  },
  {
    title: 'The Recruit',
    network: 'Netflix',
    country: 'United States',
    year: 2022,
    genres: ['Espionage', 'Drama'],
  },
  {
    title: 'The Residence',
    network: 'Netflix',
    country: 'United States',
    year: 2025,
    genres: ['Mystery', 'Comedy'],
  },
]

/**
 * Long runs whose newest seasons no set counts, though the ledger speaks of those that follow: what had begun by the
 * autumn of 2025.
 */
const BEGUN_SINCE: Bare[] = [
  {
    title: 'All American',
    network: 'The CW',
    country: US,
    year: 2018,
    begun: 7,
    genres: ['Drama', 'Sports'],
  },
  {
    title: 'Saturday Night Live',
    network: 'NBC',
    country: US,
    year: 1975,
    begun: 51,
    genres: ['Comedy'],
  },
  {
    title: 'South Park',
    network: 'Comedy Central',
    country: US,
    kind: 'animation',
    year: 1997,
    begun: 28,
    genres: ['Comedy'],
  },
  {
    title: 'The Late Show with Stephen Colbert',
    network: 'CBS',
    country: US,
    kind: 'talk',
    year: 2015,
    begun: 11,
    genres: ['Comedy'],
  },
  {
    title: 'The Simpsons',
    network: 'Fox',
    country: US,
    kind: 'animation',
    year: 1989,
    begun: 37,
    genres: ['Comedy', 'Family'],
  },
]

/** The country of a ledger show that its pages leave out. */
export function countryByHand(title: string): string | undefined {
  if (UNITED_STATES.includes(title)) return 'United States'
  if (UNITED_KINGDOM.includes(title)) return 'United Kingdom'
  return GERMANY.includes(title) ? 'Germany' : undefined
}

/** The language of a ledger show from the countries above: all of those listed are in English. */
export const languageByHand = (title: string): string | undefined =>
  [...UNITED_STATES, ...UNITED_KINGDOM].includes(title) ? 'English' : undefined

// Pages that talk of a third season do not repeat when the first one began.
const YEARS: Record<string, number> = {
  'Black Mirror': 2011,
  'Chainsaw Man': 2022,
  'Emily in Paris': 2020,
  From: 2022,
  'Sacred Games': 2018,
  'Santa Clarita Diet': 2017,
  'Spy x Family': 2022,
  'The Bear': 2022,
  'The Family Man': 2019,
}

/** The year in which a ledger show began, where its pages leave it out. */
export const yearByHand = (title: string): number | undefined => YEARS[title]

const ALSO_KNOWN_AS: Record<string, string[]> = {
  'All of Us Are Dead': ['Now at Our School', 'Jigeum Uri Hakgyoneun'],
  'Alice in Borderland': ['Imawa no Kuni no Alice'],
  'Attack on Titan': ['Shingeki no Kyojin'],
  'Delicious in Dungeon': ['Dungeon Meshi'],
  'Demon Slayer: Kimetsu no Yaiba': ['Kimetsu no Yaiba'],
  'Extraordinary Attorney Woo': ['Isanghan Byeonhosa Wooyoungwoo'],
  "Frieren: Beyond Journey's End": ['Sousou no Frieren'],
  'Future Diary': ['Mirai Nikki'],
  "Hell's Paradise": ['Jigokuraku'],
  Hellbound: ['Jiok'],
  'High-Rise Invasion': ['Tenkuu Shinpan'],
  'Itaewon Class': ['Itaewon Keullasseu'],
  'Squid Game': ['Ojingeo Geim', 'Round Six'],
  'Sweet Home': ['Seuwiteu Hom'],
  'The Apothecary Diaries': ['Kusuriya no Hitorigoto'],
  'The Glory': ['Deo Geullori'],
  'The Rings of Power': ['The Lord of the Rings: The Rings of Power'],
  'Zom 100: Bucket List of the Dead': ['Zom 100: Zombie ni Naru made ni Shitai 100 no Koto'],
}

/** Names a ledger show is searched by that its pages leave out. */
export const namesByHand = (title: string): string[] => ALSO_KNOWN_AS[title] ?? []

const seasonsSince = (year: number, begun = 1) =>
  Array.from({ length: begun }, (_, i) =>
    i === 0 ? { number: 1, premiere: String(year) } : { number: i + 1 },
  )

/**
 * The ledger's shows that no page describes, and the runs that no set follows to their newest season. A show without a year has no season yet: *Six of Crows* was dropped before
 * it was made.
 */
export function entriesByHand(): Entry[] {
  return [...WITHOUT_PAGE, ...BEGUN_SINCE].map(
    ({ title, network, country, language, year, begun, genres, kind, aliases }) => ({
      ...emptyEntry('by-hand', title),
      aliases: aliases ?? [],
      drawn: kind === 'anime' || kind === 'animation',
      kind: kind ?? 'scripted',
      countries: [country],
      ...(network ? { network } : {}),
      genres,
      language: language ?? 'English',
      ...(year ? { startYear: year, seasons: seasonsSince(year, begun) } : { upcoming: true }),
    }),
  )
}

/**
 * Bangumi's entries for the airing in Japan of series that are not Japanese, by its id: the series they are, and the year
 * in which it began.
 */
export const MADE_ELSEWHERE: Record<string, { title: string; year: number }> = {
  25716: { title: 'Beast Wars: Transformers', year: 1996 },
  50026: { title: 'Teenage Mutant Ninja Turtles', year: 2012 },
  88751: { title: 'Cybersix', year: 1999 },
  207451: { title: '灵契', year: 2016 },
  215920: { title: '狐妖小红娘', year: 2015 },
  289101: { title: "Heaven Official's Blessing", year: 2020 },
}

/** Names under which a set lists a show that the others call otherwise, each with the name it is looked up by. */
const OTHER_NAMES = new Map(
  Object.entries({
    'American Crime Story: The People v. O.J. Simpson': 'American Crime Story',
    'Answer Me 1988': 'Reply 1988',
    'Answer Me 1994': 'Reply 1994',
    'Answer Me 1997': 'Reply 1997',
    'Strong Woman Do Bong Soon': 'Strong Girl Bong-soon',
    Cheongchunsidae: 'Age of Youth',
    'Hello, My Twenties!': 'Age of Youth',
    'Deserving of the Name': 'Live Up To Your Name',
    'Introverted Boss': 'My Shy Boss',
    'The Bride of Habaek 2017': 'The Bride of Habaek',
    Inheritors: 'The Heirs',
    'Heavy Sweetness, Ash-like Frost': 'Ashes of Love',
    'Second 20s': 'Twenty Again',
    'Next Stop, Happiness': "Autumn's Concerto",
    'Nightmare High': 'Nightmare Teacher',
    'Doctor Cha Jung Sook': 'Doctor Cha',
    'K-POP - The Ultimate Audition': 'K-POP Extreme Survival',
    'My Love Eun Dong': 'This Is My Love',
    "Hello? It's Me!": 'Hello, Me!',
    'Bring It On, Ghost': "Let's Fight Ghost",
    'W – Two Worlds Apart': 'W',
    'Dr. Prisoner': 'Doctor Prisoner',
    'Love in the Moonlight': 'Moonlight Drawn by Clouds',
    'The Girl Who Can See Smells': 'The Girl Who Sees Scents',
    'Maral: En Güzel Hikayem': 'Maral',
    Troy: 'Troy: Fall of a City',
    'The Prince of Tennis ~ Match! Tennis Juniors ~': 'The Prince of Tennis',
    'Quan Zhi Gao Shou': "The King's Avatar",
    'DreamWorks Dragons: Race to the Edge': 'Dragons: Race to the Edge',
    'DreamWorks Dragons: Rescue Riders': 'Dragons: Rescue Riders',
    狐妖小红娘: 'Fox Spirit Matchmaker',
    'Saygı: Bir Ercüment Çözer Dizisi': 'Saygı',
    'Yi Ren Jun Moye': 'Otherworldly Evil Monarch',
    'Türk Dedektif': 'The Turkish Detective',
    'Good Manager': 'Chief Kim',
    Challenger: 'Challenger: The Final Flight',
    "Frank Herbert's Dune": 'Dune',
    'Half Bad: The Bastard Son & The Devil Himself': 'The Bastard Son & The Devil Himself',
    "Harlan Coben's Stay Close": 'Stay Close',
    'Y Gwyll': 'Hinterland',
    Trollhunters: 'Trollhunters: Tales of Arcadia',
  }).map(([name, common]) => [titleKey(name), common]),
)

/** The common name of a show that a set lists under another. */
export const commonName = (title: string): string => OTHER_NAMES.get(titleKey(title)) ?? title
