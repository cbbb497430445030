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
  'slice of life': 'Slice of life',
  'historical drama': 'History+Drama',
  'fantasy drama': 'Fantasy+Drama',
  'romantic drama': 'Romance+Drama',
  'coming-of-age': 'Drama',
  game: 'Game show',
  politics: 'Politics',
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

/** The genre that a kind of programme is by itself, for shows of which no set tells more. */
export const GENRE_OF_KIND: Record<string, string> = {
  reality: 'Reality',
  documentary: 'Documentary',
  talk: 'Talk show',
  game: 'Game show',
  news: 'News',
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
    'Paramount|Toonami|National Geographic|Fox Sports 1|' +
    'Oxygen True Crime=Oxygen|Paramount+ with Showtime=Showtime|Showtime on Demand=Showtime|Hallmark Mystery=Hallmark Movies & Mysteries|' +
    'DisneyNOW=Disney Channel|The Roku Channel|ALLBLK|BET+|Vice TV|Shudder|PBS Kids|PBS Passport=PBS|Quibi|WWE Network|Max=HBO Max|Syfy.com=Syfy|' +
    'CBS News|Rooster Teeth|CW Seed|Dropout|WOW Presents Plus|AMC.com=AMC|NBC.com=NBC|ABC.com=ABC|Freeform.com=Freeform|AMC+|Spectrum Originals|Disney Junior|ESPN+|' +
    'Fox Nation|UFC Fight Pass|Tubi|Amazon Freevee|Facebook Watch|go90|Warhammer+|Universal Kids|BYUtv.org=BYUtv|BYUtv|Great American Family|Univision|' +
    'Telemundo|ABC News Live|DailyWire+|Angel Studios|Crackle|Hallmark+|Sundance Now|Brat|VidAngel|NFL Network|AdultSwim.com=Adult Swim|Machinima|Jetix|Yahoo! View',
  [UK]:
    'BBC One|BBC1=BBC One|BBC Two|BBC2=BBC Two|BBC Three|BBC3=BBC Three|BBC Four|BBC4=BBC Four|ITV1|ITV=ITV1|ITV2|ITVBe|Channel 4|' +
    'Channel 5|E4|Sky Showcase|Sky=Sky|Sky Atlantic|Sky Witness|Sky Arts|Sky Max|Dave|CBBC|Quest|W|Challenge|London Weekend Television|' +
    '5=Channel 5|BBC iPlayer|ITVX|ITV Hub=ITVX|S4C|CITV|CBeebies|U&Dave=Dave|U&W=W|U&alibi=Alibi|Alibi|U&GOLD=Gold|Gold|Really|Channel 4+=Channel 4|All 4=Channel 4|BBC Alba|' +
    'BBC One Scotland|Sky History|Sky Crime|5STAR|ITV Encore|itv QUiZ|Sky Go=Sky|U|BritBox',
  Canada:
    'CBC|CBC (CA)=CBC|CTV|CTV (CA)=CTV|CTV Sci-Fi Channel|Space (CA)=CTV Sci-Fi Channel|Showcase|Global|Global TV=Global|Citytv|CityTV=Citytv|TVO|' +
    'The Movie Network|VisionTV|YTV|Family Channel|T+E|HBO Canada|CBC Gem|Crave|CraveTV=Crave|Télé Toon|Treehouse|CTV Comedy Channel|' +
    'ICI Radio-Canada Télé|ICI Tou.tv|Family Jr.|OUTtv|WildBrainTV|SwearNet',
  Australia:
    'Nine Network|Network 10|Seven Network|ABC Entertains|ABC(AU)=ABC (Australia)|Stan.(AU)=Stan|Stan|SBS (AU)=SBS (Australia)|SBS On Demand=SBS (Australia)|' +
    'ABC iview=ABC (Australia)|ABC Kids|Binge|7two|7mate|9Go!|10 Peach Comedy|Foxtel Now=Foxtel|Foxtel',
  'New Zealand': 'TVNZ 1|TVNZ 2|TVNZ+|Three|ThreeNow=Three|Sky Open',
  Japan:
    'Fuji TV|Tokyo MX|TV Tokyo|NTV|MBS|AT-X|WOWOW|Animax|NHK|SUN-TV|Nagoya Broadcasting Network|TV Kanagawa|TV Asahi|TV Saitama|BS11|' +
    'Kids Station|TBS (Japan)|AbemaTV|Chiba TV|FOD|Paravi|Bandai Channel|ComicFesta|Niconico',
  'South Korea':
    'tvN|JTBC|jTBC=JTBC|OCN|ENA|KBS|KBS1|KBS 1TV=KBS1|KBS2|KBS 2TV=KBS2|MBC|Mnet|TVING|Wavve|wavve=Wavve|Heavenly|Naver TV|Naver TVCast=Naver TV|Viki|Kakao TV|Watcha|' +
    'U+ Mobile TV|MBN|V LIVE|Seezn|TV Chosun|EBS|DramaX|Coupang Play',
  China:
    'Tencent QQ=Tencent Video|Youku|iQIYI|Bilibili|Mango TV|Hunan TV|Weibo|Dragon TV|Beijing TV|CCTV-1|CCTV-8|Zhejiang TV|Sohu TV|Kuaishou',
  Taiwan: 'CHOCO TV|KKTV|Vidol|TTV|FTV|GagaOOLala',
  Thailand: 'GMM25|One31|LINE TV|Channel 3|Amarin TV|MCOT HD|AIS Play|PPTV|Channel 7',
  Turkey:
    'Kanal D|Show TV|Star TV|atv|ATV=atv|TRT 1|TRT1=TRT 1|BluTV|Exxen|GAIN=Gain|Gain|TV8|Puhu TV=puhutv|puhutv|TürkMax|Kanal 7|tabii|TRT Çocuk|Fox (Turkey)|NOW (Turkey)',
  Brazil: 'TV Globo|Globoplay|TV Cultura',
  India: 'ZEE5|SonyLIV|Disney+ Hotstar|JioHotstar|ALT Balaji|aha|Colors',
  Finland: 'Yle TV1|Yle TV2|Yle Areena|MTV3|Elisa Viihde',
  Iceland: 'Ríkisútvarpið',
  Poland: 'Player',
  Hungary: 'M1|M2',
  Czechia: 'ČT1',
  Egypt: 'Watch iT!|DMC|MBC Masr',
  Greece: 'MEGA TV|Cosmote TV',
  Philippines: 'iWantTFC',
  Ukraine: 'UA:Перший|1+1|Новий Канал',
  Austria: 'ORF 1',
  Netherlands: 'RTL4|NPO 1|NPO 2|NPO 3|SBS 6|Videoland|NPO Start',
  Spain:
    'Telecinco|Antena 3|La 1|La Sexta|Cuatro|TVE|RTVE|Movistar+|ATRESplayer PREMIUM=Atresplayer|HBO España',
  Portugal: 'RTP1|OPTO',
  Denmark: 'DR1|DR3|DR TV|TV2|TV 2 Charlie|Kanal 4',
  Norway: 'NRK1|NRK TV|TV 2 Play|TV 2 Direkte|VGTV|NRK Super',
  Sweden: 'SVT1|Kanal 5|SVT Play|C More|TV4 Play=TV4|TV4',
  Germany: 'ZDF|RTL|ZDFmediathek=ZDF|Das Erste|ARD Mediathek=Das Erste|KiKa|RTL+|Joyn|Sky 1',
  France: 'Canal+|TF1|Gulli|France 2|France 3|France 4|France 5|M6|ORTF|Canal J|France tv slash',
  Belgium: 'VRT 1|VTM|VTM GO=VTM|VRT MAX=VRT 1|La Une|Streamz|GoPlay',
  Ireland: 'RTÉ ONE=RTÉ One|RTÉ2|RTÉ Player=RTÉ One|Virgin Media One',
  Israel: 'Channel 10|Yes|Kan 11|Channel 2',
  Italy: 'RAI=Rai|Rai 1|Rai 2|Rai 3|RaiPlay|Italia 1|Canale 5',
  Russia:
    'Первый канал|ТНТ|ЦТ СССР|Start|КиноПоиск|КиноПоиск HD=КиноПоиск|Premier|СТС|Okko|VK Видео|VK Видео Originals=VK Видео|Россия 1|KION|Иви|ivi=Иви|ТВ-3|2x2|МУЛЬТ|Wink|НТВ|more.tv|Смотрим',
}
// Names that several countries share, and services that are at home everywhere: no country follows from them.
const HOMELESS =
  'ABC|SBS|Channel 8|Netflix|Amazon=Prime Video|Amazon Instant Video (US)=Prime Video|Prime Video|Apple TV+|Apple TV=Apple TV+|Disney+|Paramount+|' +
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

/** Names that several countries' networks bear, by the language of what is shown there. */
const BY_LANGUAGE: Record<string, Record<string, { name: string; country: string }>> = {
  Japanese: {
    TBS: { name: 'TBS (Japan)', country: 'Japan' },
    ABC: { name: 'ABC (Japan)', country: 'Japan' },
  },
  Korean: { SBS: { name: 'SBS', country: 'South Korea' } },
  English: { SBS: { name: 'SBS (Australia)', country: 'Australia' } },
  Turkish: {
    Fox: { name: 'Fox (Turkey)', country: 'Turkey' },
    NOW: { name: 'NOW (Turkey)', country: 'Turkey' },
  },
}

/** Our name of a network for a show in a language: TBS is a Japanese network where Japanese is spoken. */
export function networkIn(
  spelling: string,
  language: string | undefined,
): { name: string; country?: string } | undefined {
  const network = networkOf(spelling)
  return network && (BY_LANGUAGE[language ?? '']?.[network.name] ?? network)
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
  'Apple TV+',
  'Paramount+',
  'Peacock',
  'HBO Max',
  'BBC iPlayer',
  'ITVX',
  'YouTube',
  'Acorn TV',
  'BritBox',
  'AMC+',
  'Viki',
  'Stan',
  'Crave',
])

const COUNTRIES: Record<string, string> = {
  US,
  USA: US,
  UK,
  'Great Britain': UK,
  Korea: 'South Korea',
  'Czech Republic': 'Czechia',
  'Korea, Republic of': 'South Korea',
  'Taiwan, Province of China': 'Taiwan',
  'Russian Federation': 'Russia',
  Türkiye: 'Turkey',
  'Viet Nam': 'Vietnam',
  'Iran, Islamic Republic of': 'Iran',
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
  Russian: 'Russia',
  Ukrainian: 'Ukraine',
  Swedish: 'Sweden',
  Finnish: 'Finland',
  Hungarian: 'Hungary',
  Czech: 'Czechia',
  Italian: 'Italy',
  Greek: 'Greece',
  Telugu: 'India',
  Malayalam: 'India',
  Vietnamese: 'Vietnam',
  Indonesian: 'Indonesia',
  Welsh: 'United Kingdom',
  'Scottish Gaelic': 'United Kingdom',
}

/** The language most shows of a country are in, only where there is hardly a doubt. */
export const LANGUAGE_OF_COUNTRY: Record<string, string> = {
  Japan: 'Japanese',
  'South Korea': 'Korean',
}
