/** One vocabulary for genres, networks and countries out of the sets' own words. Pure. */

/** Genre words of all sets → ours; '' drops a word that says nothing about the story. */
const GENRES: Record<string, string> = {
  'action & adventure': 'Action',
  action: 'Action',
  adult: '',
  adventure: 'Adventure',
  animation: '',
  'adult animation': '',
  anime: '',
  'anime series': '',
  anthology: 'Anthology',
  biography: 'Biography',
  'british tv shows': '',
  children: 'Children',
  'classic & cult tv': '',
  comedy: 'Comedy',
  'comedy-drama': 'Comedy+Drama',
  'crime drama': 'Crime+Drama',
  'crime tv shows': 'Crime',
  crime: 'Crime',
  'dark comedy': 'Comedy',
  'dark fantasy': 'Fantasy',
  diy: 'Home and garden',
  documentary: 'Documentary',
  docuseries: 'Documentary',
  drama: 'Drama',
  espionage: 'Espionage',
  family: 'Family',
  fantasy: 'Fantasy',
  food: 'Food',
  'game-show': 'Game show',
  history: 'History',
  historical: 'History',
  horror: 'Horror',
  'horror comedy': 'Horror+Comedy',
  'international tv shows': '',
  "kids' tv": 'Children',
  'korean tv shows': '',
  legal: 'Legal',
  'legal drama': 'Legal+Drama',
  medical: 'Medical',
  'medical drama': 'Medical+Drama',
  music: 'Music',
  musical: 'Music',
  mystery: 'Mystery',
  nature: 'Nature',
  news: 'News',
  period: 'History',
  'psychological thriller': 'Thriller',
  reality: 'Reality',
  'reality tv': 'Reality',
  'reality-tv': 'Reality',
  romance: 'Romance',
  'romantic comedy-drama': 'Romance+Comedy+Drama',
  'romantic tv shows': 'Romance',
  'sci-fi': 'Science fiction',
  'sci-fi action thriller': 'Science fiction+Action+Thriller',
  'science fiction': 'Science fiction',
  'science-fiction': 'Science fiction',
  'science & nature tv': 'Nature',
  short: '',
  'spanish-language tv shows': '',
  'spy thriller': 'Espionage+Thriller',
  spy: 'Espionage',
  sport: 'Sports',
  sports: 'Sports',
  'stand-up comedy & talk shows': 'Talk show',
  superhero: 'Superhero',
  supernatural: 'Supernatural',
  'talk-show': 'Talk show',
  'teen drama': 'Teen+Drama',
  'teen comedy-drama': 'Teen+Comedy+Drama',
  'teen tv shows': 'Teen',
  thriller: 'Thriller',
  travel: 'Travel',
  'true crime': 'Crime',
  'tv action & adventure': 'Action',
  'tv comedies': 'Comedy',
  'tv dramas': 'Drama',
  'tv horror': 'Horror',
  'tv mysteries': 'Mystery',
  'tv sci-fi & fantasy': 'Science fiction & fantasy',
  'tv shows': '',
  'tv thrillers': 'Thriller',
  war: 'War',
  western: 'Western',
}
// More that only the claim pages use: the genre inside the words, which stay as tags.
const INSIDE: [RegExp, string][] = [
  [/\bthriller\b/, 'Thriller'],
  [/\bcrime\b|\bnoir\b|\bheist\b|\bpolice\b/, 'Crime'],
  [/\bcomedy\b|\bsatire\b/, 'Comedy'],
  [/\bdrama\b/, 'Drama'],
  [/\bhorror\b|\bzombie\b/, 'Horror'],
  [/\bfantasy\b|\bisekai\b/, 'Fantasy'],
  [/\bromance\b/, 'Romance'],
  [/\baction\b|\bmartial arts\b|\bshonen\b/, 'Action'],
  [/\bmystery\b/, 'Mystery'],
  [/\bwestern\b/, 'Western'],
  [/\bperiod\b|\bhistorical\b/, 'History'],
  [/\bsuperhero\b/, 'Superhero'],
]

/** Compound words that stay as tags beside the genres inside them, because they say more. */
const SAYS_MORE =
  /^(crime drama|dark comedy|dark fantasy|horror comedy|legal drama|medical drama|psychological thriller|spy thriller|teen drama|true crime)$/

/** The genres a set's word stands for, and the word itself as a tag where it says more than a genre. */
export function genresOf(word: string): { genres: string[]; tag?: string } {
  const key = word.trim().toLowerCase()
  const known = GENRES[key]
  if (known !== undefined)
    return { genres: known.split('+').filter(Boolean), ...(SAYS_MORE.test(key) ? { tag: key } : {}) }
  return { genres: INSIDE.filter(([inside]) => inside.test(key)).map(([, genre]) => genre), tag: key }
}

/** All genres and tags of a list of words, in order, each once. */
export function genresAndTags(words: string[]): { genres: string[]; tags: string[] } {
  const genres = new Set<string>()
  const tags = new Set<string>()
  for (const word of words.map((w) => w.trim()).filter(Boolean)) {
    const found = genresOf(word)
    for (const genre of found.genres) genres.add(genre)
    if (found.tag) tags.add(found.tag)
  }
  return { genres: [...genres], tags: [...tags] }
}

const US = 'United States'
const UK = 'United Kingdom'
/** Country → networks as the sets spell them, `spelling=Our name` where ours differs. */
const NETWORKS: Record<string, string> = {
  [US]:
    'NBC|CBS|FOX=Fox|HBO|Syfy|The CW|CW=The CW|Syndication|Discovery|History|History Channel=History|USA Network|USA=USA Network|MTV|TNT|' +
    'Showtime|A&E|Freeform|ABC Family=Freeform|Investigation Discovery|TLC|Cartoon Network|Lifetime|FX|Comedy Central|Bravo|' +
    'Nickelodeon|Disney Channel|Travel Channel|The WB|E!|TBS|AMC|Adult Swim|Food Network|STARZ=Starz|Starz|Science|VH1|VH-1=VH1|Oxygen|' +
    'Disney XD|truTV|TruTV=truTV|Animal Planet|FYI|Paramount Network|Paramount Network (US)=Paramount Network|SpikeTV=Spike|PBS|PBS(US)=PBS|UPN|REELZ|FXX|' +
    'Nicktoons|National Geographic Wild|Destination America|BBC America|Magnolia Network|Cooking Channel|AHC|TV Land|BET|IFC|H2|WE tv|' +
    'WE (US)=WE tv|Audience Network|Audience=Audience Network|DIRECTV=Audience Network|AT&T=Audience Network|MotorTrend|CMT|GAC Family|HGTV|Cinemax|NewsNation|CNBC|' +
    'El Rey Network|Fox Kids|Hallmark Channel|SundanceTV|Sundance TV=SundanceTV|Smithsonian Channel|MTV2|Discovery Family|AXS TV|' +
    'TeenNick|Logo TV|logotv=Logo TV|Ovation|Pivot|Esquire Network|TV One|Hallmark Movies & Mysteries|CNN|MGM+|Epix=MGM+|EPIX=MGM+|' +
    'Fox News Channel|nick@nite|Nick Jr.|Centric|Pop TV=Pop|Pop|NBCSN|ESPN|MSNBC|Outdoor Channel|Game Show Network|' +
    'Oprah Winfrey Network|OWN=Oprah Winfrey Network|WGN America=NewsNation|Chiller|HLN|G4|Boomerang|UP TV|Fox Reality Channel|Golf Channel|' +
    'Bloomberg TV|The Weather Channel|Discovery Life|Bounce|CBS All Access|Hulu|Viceland|Al Jazeera America|Lifetime Movies|HBO Max|Peacock|' +
    'Paramount|Toonami|National Geographic|Fox Sports 1',
  [UK]:
    'BBC One|BBC1=BBC One|BBC Two|BBC2=BBC Two|BBC Three|BBC3=BBC Three|BBC Four|BBC4=BBC Four|ITV1|ITV=ITV1|ITV2|ITVBe|Channel 4|' +
    'Channel 5|E4|Sky Showcase|Sky=Sky|Sky Atlantic|Sky Witness|Sky Arts|Sky Max|Dave|CBBC|Quest|W|Challenge|London Weekend Television',
  Canada:
    'CBC|CBC (CA)=CBC|CTV|CTV (CA)=CTV|CTV Sci-Fi Channel|Space (CA)=CTV Sci-Fi Channel|Showcase|Global|Global TV=Global|Citytv|CityTV=Citytv|TVO|' +
    'The Movie Network|VisionTV|YTV|Family Channel|T+E|HBO Canada',
  Australia:
    'Nine Network|Network 10|Seven Network|ABC Entertains|ABC(AU)=ABC (Australia)|Stan.(AU)=Stan|SBS (AU)=SBS (Australia)',
  Japan:
    'Fuji TV|Tokyo MX|TV Tokyo|NTV|MBS|AT-X|WOWOW|Animax|NHK|SUN-TV|Nagoya Broadcasting Network|TV Kanagawa|TV Asahi|TV Saitama|BS11|' +
    'Kids Station|TBS (Japan)',
  'South Korea': 'tvN|JTBC|OCN|ENA|KBS1|KBS2|MBC|Mnet|TVING|Wavve',
  Netherlands: 'RTL4|NPO 1|NPO 2|NPO 3|SBS 6',
  Spain: 'Telecinco|Antena 3|La 1|La Sexta|Cuatro|TVE|RTVE',
  Portugal: 'RTP1',
  Denmark: 'DR1|DR3',
  Norway: 'NRK1',
  Sweden: 'SVT1|Kanal 5',
  Germany: 'ZDF|RTL',
  France: 'Canal+|TF1|Gulli|France 2|France 4',
  Belgium: 'VRT 1|VTM',
  Ireland: 'RTÉ ONE=RTÉ One',
  Israel: 'Channel 10',
  Italy: 'RAI=Rai',
  Russia: 'Первый канал',
}
// Names that several countries share, and services that are at home everywhere: no country follows from them.
const HOMELESS =
  'ABC|SBS|TV4|Channel 8|Netflix|Amazon=Prime Video|Amazon Instant Video (US)=Prime Video|Prime Video|Apple TV+|Disney+|Paramount+|Crackle|' +
  'ACORN=Acorn TV|YouTube Red|YouTube Premium|Yahoo!=Yahoo Screen|Seeso (US)=Seeso|Crunchyroll|HIDIVE|Funimation|Pay-Per-View|' +
  'AMC + Channel 4=AMC|MTV (UK)'

const NETWORK_TABLE = new Map<string, { name: string; country?: string }>()
for (const [country, names] of [...Object.entries(NETWORKS), ['', HOMELESS] as const])
  for (const spelling of names.split('|')) {
    const [given = '', name = given] = spelling.split('=')
    NETWORK_TABLE.set(given, country ? { name, country } : { name })
  }

/** Our name of a network and, where only one country has it, its country. An unknown name stays as it is. */
export function networkOf(spelling: string): { name: string; country?: string } | undefined {
  const given = spelling.trim()
  if (!given || given === 'SideReel') return undefined // a guide that lists shows, not a channel
  return NETWORK_TABLE.get(given) ?? { name: given }
}

/** Streaming services that carry other people's shows: to find a show there says nothing about who made it. */
export const CARRIERS = new Set([
  'Netflix',
  'Prime Video',
  'Hulu',
  'Crunchyroll',
  'Disney+',
  'Funimation',
  'HIDIVE',
])

const COUNTRIES: Record<string, string> = {
  US,
  USA: US,
  UK,
  'Great Britain': UK,
  Korea: 'South Korea',
  'Czech Republic': 'Czechia',
}

/** A country by its plain English name. */
export const countryOf = (given: string): string | undefined =>
  COUNTRIES[given.trim()] ?? (given.trim() || undefined)

/** Languages spoken on television in one country only, so that the language tells the country. */
export const COUNTRY_OF_LANGUAGE: Record<string, string> = {
  Japanese: 'Japan',
  Korean: 'South Korea',
  Thai: 'Thailand',
  Turkish: 'Turkey',
  Hindi: 'India',
  Tamil: 'India',
  Hebrew: 'Israel',
  Polish: 'Poland',
  Danish: 'Denmark',
  Norwegian: 'Norway',
  Icelandic: 'Iceland',
  Tagalog: 'Philippines',
}

/** The language most shows of a country are in, only where there is hardly a doubt. */
export const LANGUAGE_OF_COUNTRY: Record<string, string> = {
  Japan: 'Japanese',
  'South Korea': 'Korean',
}
