/**
 * What the claims' collectors got wrong or said with hindsight, put right line by line. A key names one statement:
 * show, season, kind, publisher as collected, date; where that meets several, `said` begins the words of the one.
 * Every fix must meet its statement, or the build stops. Here the first harvest, in fixes-2026.ts the second.
 */

export interface Fix {
  key: string
  said?: string
  /** Leaves the statement out, with the reason for the report. */
  drop?: string
  set?: Partial<{
    season: number
    kind: string
    value: string
    date: string | null
    modality: 'planned'
    citing: string
    who: string | null
  }>
  /** Further seasons the statement says the same of: an order of several is a claim about each. */
  also?: number[]
  /** Why, for the report; statements corrected for one reason are counted together. */
  why?: string
}

const PLAN = 'a plan or a wish, not an order'
const PART = 'the date of a part, not of the season'
const NEWS_DAY = 'the day of the delay, not a new date'
const STOCK = 'the day of the report, not the first day of shooting'
const NOT_YET = 'filming that was only intended'
const HINDSIGHT = 'worded with hindsight'
const OFFICIAL = 'a report that credits the network or service'
const FILM = 'about a film, not a season'

const plan = (key: string): Fix => ({ key, set: { modality: 'planned' }, why: PLAN })
const notYet = (key: string): Fix => ({ key, set: { modality: 'planned' }, why: NOT_YET })
const part = (key: string): Fix => ({ key, set: { kind: 'split_release' }, why: PART })
const undate = (key: string, why: string): Fix => ({ key, set: { date: null }, why })
const credit = (key: string, citing: string): Fix => ({ key, set: { citing }, why: OFFICIAL })
const film = (key: string): Fix => ({ key, drop: FILM })
const say = (key: string, value: string): Fix => ({ key, set: { value }, why: HINDSIGHT })

export const FIXES: Fix[] = [
  {
    key: 'Daredevil: Born Again|2|final_season|Devdiscourse|-',
    drop: 'tells a misreading that the page itself puts right',
  },
  {
    key: 'Delicious in Dungeon|2|filming_started|Pinkvilla|2024-09',
    set: { kind: 'announced', value: 'The development stage is over and production is under way.' },
    why: 'an anime in production is announced, not filmed',
  },
  {
    key: 'Cobra Kai|6|ended|Show Snob|2025-02-13',
    set: { season: 7 },
    why: 'an ending names the season that will not come',
  },
  {
    key: 'Sex Education|4|ended|Metro|2023-09-21',
    set: { season: 5 },
    why: 'an ending names the season that will not come',
  },
  {
    key: 'The Boys|5|filming_wrapped|Show Snob|2025-07',
    set: { value: "Kripke posted that the last season's shoot is complete." },
    why: 'the shoot of the last season, not its end',
  },
  {
    key: 'Alice in Borderland|4|cancelled|ComicBook.com|2026-01',
    set: { season: 3, kind: 'final_season', citing: 'Netflix' },
    why: 'a last season taken for a cancellation',
  },
  film('Demon Slayer: Kimetsu no Yaiba|5|release_window|Dexerto|2025/2026'),
  film('Demon Slayer: Kimetsu no Yaiba|5|announced|Dexerto|2024-06-30'),
  {
    key: 'Demon Slayer: Kimetsu no Yaiba|5|ended|The Direct|2024-11',
    set: {
      kind: 'no_news',
      value: 'The next arc goes to cinemas as three films rather than to television as season 5.',
    },
    why: FILM,
  },
  film('Mirzapur|4|release_window|NationNow|2026-01/2026-03'),
  film('Mirzapur|4|announced|HITT|2026'),
  film('Mirzapur|4|announced|Hindustan Times|2026-09-04'),
  film('Mirzapur|4|plot_rumour|The Indian Express|2026-02-05'),
  {
    key: 'Delicious in Dungeon|2|release_window|That Hashtag Show|2024-04',
    set: { season: 1, kind: 'split_release', value: 'The second half of season 1 is dated to April 2024.' },
    why: 'a second cour taken for a season',
  },

  part('Cobra Kai|6|release_date|Pinkvilla|2024-11-28'),
  part('Cobra Kai|6|release_date|SlashFilm|2024-11-24'),
  part('Cobra Kai|6|release_date|Business Insider|2024-11-15'),
  part('Cobra Kai|6|release_date|SlashFilm|2025-02-13'),
  part('The Sandman|2|release_date|ETV Bharat|2025-07-31'),
  part('Attack on Titan|4|release_date|myurl.in|2023-11-04'),
  part('One Punch Man|3|release_window|Boxofficehype|2027-05/2027-12'),
  {
    key: 'Attack on Titan|4|delayed|We Got This Covered|2022-04-03',
    set: {
      kind: 'split_release',
      date: '2023',
      value: "Instead of an ending, a further 'Final Season Part 3' was announced for 2023.",
    },
    why: PART,
  },

  plan('1899|3|announced|CanIndia|-'),
  plan('Invincible|8|announced|JoBlo|-'),
  plan('Mindhunter|5|announced|SlashFilm|-'),
  plan('Mindhunter|5|announced|Boss Hunting|-'),
  plan('Paradise|3|announced|TheGrio|-'),
  plan('Paradise|3|announced|ARY News|2026-02-26'),
  plan('Santa Clarita Diet|5|announced|verifiedtasks.com|-'),
  plan('Shadow and Bone|3|announced|J-14|2023-03'),
  plan('The OA|5|announced|Refinery29|-'),
  plan('The Rings of Power|5|announced|Koimoi|2022'),
  plan('The Rings of Power|3|announced|The Cinemaholic|2023-08'),
  plan('Tulsa King|6|announced|TV Series Finale|-'),
  plan('Yellowjackets|5|announced|The Wertzone|-'),
  plan('Foundation|4|announced|ComicBook|2025-02'),
  plan('Bloodhounds|2|announced|Outlook India|2024-04-29'),
  plan('Weak Hero Class|2|announced|Sportskeeda|2023-12-01'),
  plan('Study Group|2|announced|Pinkvilla|2025-05-12'),
  plan('Future Diary|2|announced|AnimeKon|2012-04'),
  {
    key: 'Extraordinary Attorney Woo|2|announced|Pinkvilla|2022-08-17',
    set: { modality: 'planned', value: "The production team called season 2 'under discussion'." },
    why: PLAN,
  },

  notYet('Bridgerton|5|filming_started|Канобу|2026-03/2026-05'),
  notYet('Daredevil: Born Again|3|filming_started|Ayozat News|2026-04'),
  notYet('Foundation|4|filming_started|Reality TV World|2026-01/2026-04'),
  notYet('House of the Dragon|3|filming_started|Primetimer|2026-01/2026-04'),
  notYet('One Piece|3|filming_started|Sportskeeda|2025-12/2026-06'),
  notYet('The Pitt|3|filming_started|Business Upturn|2026-06'),
  notYet('Fallout|3|filming_started|The Cinemaholic|2026-02'),
  notYet('Good Omens|3|filming_started|ComicBook|2025-01/2025-04'),
  notYet('Yellowjackets|4|filming_started|The Cinemaholic|2026-02-17/2026-07-27'),
  notYet('Dexter: Resurrection|2|filming_started|ARY News|2026-04-13'),
  notYet('The White Lotus|4|filming_started|HotNews.ro|2026-04/2026-10'),
  notYet('The White Lotus|4|filming_started|The GWW|2026-04/2026-10'),
  notYet('Severance|3|filming_started|Jang|2026-04/2026-12'),
  notYet('3 Body Problem|2|filming_started|Show Snob|2024-09/2024-11'),
  notYet('A Knight of the Seven Kingdoms|1|filming_started|UPI|2024-03/2024-05'),
  notYet('A Knight of the Seven Kingdoms|2|filming_started|Miscelana|2025-12/2026-01'),
  notYet("Avatar: The Last Airbender|2|filming_wrapped|What's on Netflix|2025-03-21"),
  notYet("Avatar: The Last Airbender|3|filming_started|What's on Netflix|2025-05-26/2025-08-01"),
  notYet('Bridgerton|5|filming_started|Filmogaz|2026-03'),
  notYet('Euphoria|3|filming_started|The Statesman|2024-01'),
  notYet('Fallout|3|filming_started|Game Scanner|2026-06/2026-08'),
  notYet('Outlander|8|filming_started|Collider|2024-02'),
  notYet('Peacemaker|2|filming_started|The Goa Spotlight|2023'),
  notYet('Stranger Things|5|filming_started|De Telegraaf|2023-06'),
  notYet('The Last of Us|3|filming_started|NewsBytes|2026-03-02'),
  notYet('The Night Agent|4|filming_started|NewsBytes|-'),
  notYet('The White Lotus|4|filming_started|NewsBytes|2025-09'),
  notYet('The Witcher|5|filming_started|ComicBook|2025-03'),
  notYet('Yellowjackets|4|filming_started|Soap Central|2026-02'),
  notYet('3 Body Problem|3|filming_wrapped|errandszasky.co.za|2027-08'),
  undate('Stranger Things|5|filming_started|TV Series Finale|2024-07', STOCK),
  undate('The Boys|5|filming_started|GamesRadar|2025-03-31', STOCK),
  undate('Reacher|4|filming_started|PopCulture|2025-09', STOCK),
  undate('The Walking Dead: Daryl Dixon|4|filming_started|TV Insider|2025-10-31', STOCK),

  undate('All of Us Are Dead|2|delayed|Pinkvilla|2025', 'a new date for the shoot, not for the premiere'),
  undate('All of Us Are Dead|2|delayed|Collider|2026', 'a new date for the shoot, not for the premiere'),
  undate('Stranger Things|5|delayed|WP Teleshow|2023-06', 'a new date for the shoot, not for the premiere'),
  undate('Signal|2|delayed|Soompi|2025-12-19', NEWS_DAY),
  undate('Zom 100: Bucket List of the Dead|1|delayed|Final Weapon|2023-09', NEWS_DAY),
  undate('Andor|2|delayed|The UBJ|2024', NEWS_DAY),
  undate('Arcane|2|delayed|Gamereactor Norge|2023', NEWS_DAY),
  undate('Euphoria|3|delayed|CarterMatt|2024-03-25', NEWS_DAY),
  undate('Foundation|3|delayed|The Independent|2024-02', NEWS_DAY),
  undate('Good Omens|3|delayed|ComicBook|2024-09', NEWS_DAY),
  undate('Mindhunter|3|delayed|TVLine|2020-01-15', NEWS_DAY),
  undate('Peacemaker|2|delayed|GamesRadar|2023-02', NEWS_DAY),
  undate('The Walking Dead: Dead City|1|delayed|Variety|2023-04', NEWS_DAY),

  credit('Signal|2|release_window|Koimoi|2026-01/2026-06', 'tvN'),
  credit('Taxi Driver|3|release_window|Korea JoongAng Daily|2025-07/2025-12', 'SBS'),
  credit('Jujutsu Kaisen|3|release_window|Indulgexpress|2026-01', 'Crunchyroll'),
  credit("Hell's Paradise|2|release_window|Bounding Into Comics|2026-01", 'Jump Festa'),
  credit('Lupin|4|release_window|film.at|2026-09/2026-11', 'Netflix'),
  credit('Lupin|4|release_window|El Plural|2026-09/2026-11', 'Netflix'),
  credit('Panchayat|5|release_window|IWMBuzz|2026', 'Prime Video'),
  credit('Arcane|2|release_window|Total Cel News|2024-10/2024-12', 'Riot Games'),
  credit('Arcane|2|release_window|Ticker|2024-11', 'Netflix'),
  credit('A Knight of the Seven Kingdoms|2|release_window|India Today|2027', 'HBO'),
  credit('A Knight of the Seven Kingdoms|2|release_window|iXBT Games|2027', 'HBO'),
  credit('Dutton Ranch|1|release_window|Taste of Country|2025-10/2025-12', 'Paramount'),
  credit('Euphoria|3|release_window|107.5 Kool FM|2025', 'HBO'),
  credit('House of the Dragon|3|release_window|Bleeding Cool|2026-06', 'HBO'),
  credit('The Last of Us|3|release_window|The News International|2027', 'HBO'),
  {
    key: 'Culinary Class Wars|3|release_window|Korean Vibe (citing Yonhap)|2026-10/2026-12',
    set: {
      citing: 'Netflix',
      value: 'Netflix announced season 3 for the last quarter of 2026, as Yonhap reported.',
    },
    why: OFFICIAL,
  },

  say(
    'All of Us Are Dead|2|release_date|Dojeon Media|2024-01-05',
    'A fan outlet gives 5 January 2024, in an article that also calls the date unclear.',
  ),
  say(
    'All of Us Are Dead|2|cast_out|Pioneer Scoop|-',
    'Gives scheduling conflicts as the reason for her not taking part.',
  ),
  say(
    'All of Us Are Dead|2|release_date|Tistory (closeness0927)|2025-04',
    "A blog 'review' dates the premiere to April 2025.",
  ),
  say(
    'All of Us Are Dead|2|release_window|2plusq (blog)|2025-01/2025-06',
    "A Korean blog 'review' gives the first half of 2025 and speaks of post-production.",
  ),
  say('Chainsaw Man|2|renewed|GamesRadar+|2025-12', 'Calls the Assassins Arc season 2.'),
  say('Lupin|3|release_date|DH Les Sports+|2023-10-05', 'The official announcement says 5 October 2023.'),
  say('Lupin|3|release_date|Variety|2023-10-03', 'Part 3 arrives on 3 October 2023.'),
  say(
    'Squid Game|4|plot_rumour|Bleeding Cool (citing The Wrap)|2024-12-27',
    'The creator says season 3 will not end the universe.',
  ),
  say('Blue Lock|3|release_window|AnimeMojo|2026-06/2026-08', 'Season 3 is said to premiere in summer 2026.'),
  say('Stranger Things|5|release_window|TV Series Finale|2024/2025', 'The page allows 2024 or 2025.'),
  say('Sweet Home|3|release_window|KbizoOm|2024-06/2024-08', 'Season 3 is set for summer 2024.'),
  say(
    'Happiness|2|release_window|ASAPLand|2023-10/2024-03',
    'Late 2023 or early 2024 is given for season 2.',
  ),
  say('Happiness|2|release_window|SunriseRead|2024-10/2024-12', 'Late 2024 is given for season 2.'),
  say("Hellbound|2|no_news|What's on Netflix|2021-11-25", 'Renewal is pending six days after the premiere.'),
  say('Signal|2|release_window|Koimoi|2024', 'A 2024 list names season 2 among what will come in 2024.'),
  say(
    'A Knight of the Seven Kingdoms|1|release_window|Gamereactor|2025',
    'Announced for 2025, without more.',
  ),
  say('Silo|1|release_date|ComicBook|2023-03-05', 'The first season is dated 5 March 2023.'),
  say('Mindhunter|3|release_window|ComicBook|2021', 'The third season was hoped for in 2021.'),
  say('The Boys|5|filming_wrapped|ITC.ua|2025-06', 'The end of filming is dated to June 2025.'),
  say('Tomodachi Game|2|release_window|Khelkhor|2021', 'Season 2 is expected around 2021.'),
]
