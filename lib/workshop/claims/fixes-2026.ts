/** What the collectors of the second harvest got wrong or said with hindsight; keyed as fixes.ts tells. */
import type { Fix } from './fixes'

const PLAN = 'in development or wished for, not ordered'
const NOT_YET = 'filming that was only intended'
const HINDSIGHT = 'worded with hindsight, or too near the page'
const FILM = 'about a film, not a season'
const ANIME = 'an anime in production is announced, not filmed'
const PART = 'the date of a part, not of the season'
const SEVERAL = 'an order of several seasons'
const PERSON = 'names no person'
const EARLY = 'a window written a month early'

const ANN = 'Anime News Network'
const MAL = 'MyAnimeList'

const plan = (key: string, value?: string): Fix => ({
  key,
  set: value ? { modality: 'planned', value } : { modality: 'planned' },
  why: PLAN,
})
const notYet = (key: string): Fix => ({ key, set: { modality: 'planned' }, why: NOT_YET })
const say = (key: string, value: string, said?: string): Fix => ({
  key,
  said,
  set: { value },
  why: HINDSIGHT,
})
const orders = (key: string, ...also: number[]): Fix => ({ key, also, why: SEVERAL })
const announced = (key: string): Fix => ({ key, set: { kind: 'renewed' }, why: ANIME })

/** Arcs of Thousand-Year Blood War: parts of Bleach's second season. */
const bleach = (kind: string, date: string, said?: string, to?: string): Fix => ({
  key: `Bleach: Thousand-Year Blood War|4|${kind}|${ANN}|${date}`,
  said,
  set: to ? { season: 2, kind: to } : { season: 2 },
  why: 'a fourth part taken for a fourth season',
})

export const FIXES_2026: Fix[] = [
  plan('Afterlife with Archie|1|announced|Variety|-'),
  plan('Firefly (animated series)|1|announced|The Hollywood Reporter|-'),
  plan(
    'Firefly (animated series)|1|announced|Variety|-',
    'Nathan Fillion: an animated return is in development.',
  ),
  plan(
    'Firefly (animated series)|1|announced|/Film|-',
    'The original cast is to return in an animated series in development.',
  ),
  plan('Persona (live-action)|1|announced|Variety|-'),
  plan('NOLA King|1|announced|Variety|-', 'A New Orleans spin-off of Tulsa King is in the works.'),
  plan(`Sable Curse|1|announced|${ANN}|-`),
  plan(`Snow and Briar|1|announced|${ANN}|-`),
  plan(`The Wolf & Red Riding Hood|1|announced|${ANN}|-`),
  plan(`Vampire Family|1|announced|${ANN}|-`),
  plan('House of Guinness|2|announced|The Irish Sun|2025-09-28'),
  plan('Big Little Lies|3|announced|CarterMatt|2025-09'),
  plan('Call My Agent!|5|announced|Soirmag|2021-04-14'),
  plan(
    'Doctor Who|16|announced|Advanced Television|2025-10-28',
    'The BBC has a Christmas special for 2026 by Russell T Davies; plans for the next series are to follow.',
  ),
  {
    key: 'Doctor Who|16|renewed|The Independent|2025-10-28',
    set: { kind: 'announced', modality: 'planned' },
    why: PLAN,
  },

  notYet('Landman|3|filming_started|CarterMatt|2026-05'),
  notYet('Line of Duty|7|filming_started|Radio Times|2026-03/2026-05'),
  notYet('Heated Rivalry|2|filming_started|Show Snob|2026-08'),
  notYet('Shōgun|2|filming_started|Schweizer Illustrierte|2026-01'),
  notYet('Special Ops: Lioness|3|filming_started|Bleeding Cool|2025-10'),
  notYet('The Traitors|5|filming_started|Reality Realm|2026-06/2026-11'),
  notYet('Dark Winds|5|filming_started|TVLine|2026-03'),
  notYet("All's Fair|2|filming_started|C21Media|2026-03/2026-05"),
  notYet('The Lowdown|2|filming_started|Reality TV World (UPI)|2026-03/2026-05'),
  notYet('Virgin River|8|filming_started|bbg-news.com|2026-04/2026-08'),

  announced(`Dorohedoro|3|filming_started|${MAL}|-`),
  announced(`Fate/strange Fake|2|filming_started|${MAL}|-`),
  announced(`Medaka Kuroiwa is Impervious to My Charms|2|filming_started|${ANN}|-`),
  announced(`WITCH HAT ATELIER|2|filming_started|${MAL}|-`),
  announced('Dragon Ball Super|2|filming_started|Maxbit|2026-01-25'),

  { key: 'Heartstopper|4|announced|Bleeding Cool|2026-03-10', drop: FILM },
  {
    key: 'Peaky Blinders|7|announced|The Nightly|2025-10-02',
    drop: 'a sequel with its own count, not a season of this show',
  },
  {
    key: 'Mayans M.C.|5|announced|Bleeding Cool|2022',
    drop: 'says when its maker knew the end, and nothing of an order',
  },
  {
    key: 'Shoresy|5|release_date|TV Insider|2026-02-21',
    drop: 'the day it reached another country, not the premiere',
  },
  {
    key: 'Bosch: Legacy|4|ended|TV Insider|2025-04-17',
    drop: 'the last day of a cancelled show, not an ending by choice',
  },
  {
    key: 'S.W.A.T. (2017)|9|ended|Deadline|-',
    drop: 'the last day of a cancelled show, not an ending by choice',
  },
  {
    key: `Blue Lock|3|plot_official|${ANN}|-`,
    set: { kind: 'announced', value: 'The third season gets its title, Neo Egoist League.' },
    why: 'a title given is an announcement',
  },
  {
    key: 'Lost|6|announced|The Hollywood Reporter|2007-05',
    set: { kind: 'final_season' },
    why: 'a fixed end, told as an announcement',
  },
  {
    key: 'Winning Time: The Rise of the Lakers Dynasty|3|ended|Web News Observer|2023-09',
    set: { kind: 'cancelled' },
    why: 'a cancellation told as an ending',
  },
  {
    key: 'The Savant|1|release_window|Variety|-',
    set: { kind: 'no_news' },
    why: 'a promise without a date',
  },
  {
    key: 'Call the Midwife|16|delayed|Female First|2025-05-06',
    set: { date: null },
    why: 'the day of the delay, not a new date',
  },
  {
    key: `Bleach|2|release_date|${ANN}|2026-07-25`,
    set: {
      kind: 'split_release',
      value: 'The Calamity, part 4 of Thousand-Year Blood War, is dated for 25 July 2026.',
    },
    why: PART,
  },
  bleach('cast_new', '-'),
  bleach('final_season', '-'),
  bleach('release_date', '2026-07-25', undefined, 'split_release'),
  bleach('trailer', '-', 'Main'),
  bleach('trailer', '-', 'Last'),
  {
    key: `Bakemonogatari|5|split_release|${ANN}|2026-12/2027-02`,
    set: {
      date: '2026-12/2027-03',
      value: "Off & Monster Season gets one more episode, 'Karen Ogre', this coming winter.",
    },
    why: EARLY,
  },

  // Only seasons that were still to come when the pages were read: an old order of a season shown since tells nothing.
  orders('The Simpsons|40|renewed|PopCulture|2025-04-02', 37, 38, 39),
  orders('Family Guy|27|renewed|PopCulture|2025-04-02', 24, 25, 26),
  orders("Bob's Burgers|19|renewed|PopCulture|2025-04-02", 16, 17, 18),
  orders('American Dad!|23|renewed|PopCulture|2025-04-02', 20, 21, 22),
  orders('Ghosts|6|renewed|Bleeding Cool|-', 5),
  orders('Rick and Morty|12|renewed|TheWrap|2024-10-17', 11),
  orders('All Creatures Great and Small|7|renewed|Radio Times|2025-11-20', 8),
  orders('Wild Cards|4|renewed|C21Media|2025-05', 3),

  {
    key: 'Outer Banks|5|cast_out|TVLine|-',
    set: { who: null, value: 'JJ Maybank, Lightner and Captain Terrance are not in season 5.' },
    why: PERSON,
  },
  { key: 'Scrubs (2026)|2|cast_out|Deadline|-', set: { who: null }, why: PERSON },
  { key: 'Shōgun|2|cast_confirmed|depart.gr|-', set: { who: null }, why: PERSON },

  say(
    'Chad Powers|2|announced|The Hollywood Reporter|-',
    'The day of the return and the first pictures of season 2 are out.',
  ),
  say('Emily in Paris|5|announced|TVLine|-', 'Season 5 has a premiere day and moves to a new place.'),
  say('Everybody Loves Raymond|10|no_news|Variety|-', 'Its star and its creator rule a return out for good.'),
  say(
    'Marshals|1|trailer|The Hollywood Reporter|-',
    "First trailer of CBS's Yellowstone spin-off Y: Marshals.",
  ),
  say('Scrubs (2026)|2|cast_confirmed|The Hollywood Reporter|-', 'Ava Bunn becomes one of the regulars.'),
  say('Stranger Things|6|ended|Yahoo|-', 'The show is over with its fifth season.'),
  say('See You at Work Tomorrow!|1|release_date|텐아시아|2026-06-22', 'The tvN drama starts on 22 June.'),
  say('Ironheart|2|ended|SlashFilm|2024-11-15', 'Listed as a miniseries in November 2024.'),
  say('House of Cards|6|release_date|HotNewHipHop|2018-11-02', 'Netflix puts the last season on 2 November.'),
  say(
    'The New Prince of Tennis: U-17 World Cup|3|release_date|Anime News Network|2026-09-30',
    'The next U-17 series is dated for 30 September 2026.',
  ),
  say(
    'You and I Are Polar Opposites|2|release_window|Anime News Network|2026-07',
    "Crunchyroll's English dub of the new season began in July 2026.",
  ),
]
