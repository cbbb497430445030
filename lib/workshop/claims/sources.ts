/**
 * Who said it: one name for a publisher, one class for a host, and pages that are nobody's word. Data, and the rules
 * that read it.
 */
import type { SourceClass } from '@/db/schema/words'

const REDIRECT = 'a redirect of a news search'
const RAW = 'a raw answer of a machine interface'
const COPY = "a copy of another outlet's page"
const LOOKALIKE = 'a host dressed as another outlet, or taken over from one'

/** Hosts whose pages are no source, with the reason. */
const NO_SOURCES: Record<string, string> = {
  'news.google.com': REDIRECT,
  'breakwire.news': RAW,
  'celebrity.land': RAW,
  ...Object.fromEntries(
    [
      ...['longform.social', 'digitalocean.novabrasilfm.com.br', 'soapshub.vi.money', 'daily8.com'],
      ...['test.daily8.com', 'truemac.vn', 'homefragranceoils.com', 'cccv.info', 'se7en.ws', 'sjrbss.com'],
      ...['hollywoodspill.com', 'filmibee.com', 'gotechdaily.com', 'en-news.net', 'newscertainnetwork.com'],
      ...['imachina.net', 'blackbikertv.com', 'ubirataonline.com.br', 'sportsweek.org', 'webnexttech.com'],
      ...['backlotoffice.com', 'newsworldstream.com', '1375.topnews.com', 'videoddd.com'],
    ].map((host) => [host, COPY]),
  ),
  ...Object.fromEntries(
    [
      ...['screenrant.betsandodds.net', 'mirrornewstoday.com', 'telegraph247.com', 'techradar247.com'],
      ...['telegraphstar.com', 'particlenews.net', 'raumpflege.org', 'uwhworlds2016.co.za'],
      ...['errandszasky.co.za', 'verifiedtasks.com', 'euadr-project.org', 'lifestylemed.net'],
    ].map((host) => [host, LOOKALIKE]),
  ),
}

/** Copies and raw answers whose page is known: by the address itself, or because it prints where it comes from. */
const OWN_ADDRESSES: [RegExp, string][] = [
  // A post's number is also its short address.
  [/\/wp-json\/wp\/v2\/posts\/(\d+)$/, '/?p=$1'],
  [/^https:\/\/cdn-www\.expressandstar\.mna\.arcpublishing\.com\//, 'https://www.expressandstar.com/'],
  [
    /^https:\/\/longform\.social\/post\/did:plc:gldi23wl5f7mvtqpxykn5bgb\/3mjneiyaymjt2\/source$/,
    'https://deadline.com/2026/04/law-amp-order-svu-renewed-season-28-hunting-party-bubble-1236863331/',
  ],
]

/** The one name of a host's publisher, where its pages were collected under several. */
const NAMES: Record<string, string> = {
  'abplive.com': 'ABP Live',
  'allthe.news': 'AllThe.News',
  'articles.dailypress.com': 'Daily Press',
  'avclub.com': 'The A.V. Club',
  'tv.avclub.com': 'The A.V. Club',
  'bnnvara.nl': 'VARAgids',
  'briefly.co': 'Briefly.co',
  'cheatsheet.com': 'Cheat Sheet',
  'columbiagorgenews.com': 'Columbia Gorge News',
  'comicbook.com': 'ComicBook.com',
  'enewstoday.co.kr': 'eNews Today',
  'eonline.com': 'E! News',
  'expressandstar.com': 'Express & Star',
  'gamereactor.de': 'Gamereactor',
  'gamereactor.no': 'Gamereactor',
  'gamesradar.com': 'GamesRadar+',
  'geo.tv': 'Geo News',
  'hallyubeat.com': 'Hallyu Beat',
  'hindi.latestly.com': 'LatestLY',
  'indianexpress.com': 'The Indian Express',
  'indulgexpress.com': 'Indulgexpress',
  'ismyshowcancelled.com': 'Is My Show Cancelled',
  'ixbt.games': 'iXBT Games',
  'khnews.heraldcorp.com': 'The Korea Herald',
  'k923orlando.com': 'K92.3',
  'kvia.com': 'KVIA',
  'latestly.com': 'LatestLY',
  'mama.smt.docomo.ne.jp': 'Merkystyle',
  'mastmedia.plu.edu': 'The Mast',
  'news.tf.co.kr': 'The Fact',
  'newsbreak.com': 'NewsBreak',
  'newsdrum.in': 'NewsDrum',
  'nexttv.com': 'Next TV',
  'particle.news': 'Particle News',
  'pinzuba.news': 'Pinzuba News',
  'pprowl.com': 'The Prowl',
  'preview.ph': 'Preview.ph',
  'press.amazonmgmstudios.com': 'Amazon',
  'aboutamazon.com': 'Amazon',
  'apple.com': 'Apple',
  'nbc.com': 'NBC Insider',
  'pulse.com.gh': 'Pulse Ghana',
  'realitytvworld.com': 'Reality TV World',
  'slashfilm.com': 'SlashFilm',
  'syfy.com': 'SYFY Wire',
  'tellymix.co.uk': 'TellyMix',
  'tenasia.co.kr': 'Ten Asia',
  'thegww.com': 'The GWW',
  'thenews.com.pk': 'The News International',
  'today.com': 'TODAY.com',
  'v.daum.net': 'JTBC/Daum',
  'wesearch.press': 'WeSearch',
  'yna.co.kr': 'Yonhap News Agency',
}

/** The class of a host's own word, where its pages were collected under several. */
const CLASSES: Record<string, SourceClass> = {
  'allthe.news': 'aggregator',
  'avclub.com': 'press',
  'tv.avclub.com': 'press',
  'bleedingcool.com': 'press',
  'collider.com': 'press',
  'devdiscourse.com': 'press',
  'fernsehprogramm.liveschauen.com': 'aggregator',
  'laughingplace.com': 'press',
  'mangaforever.net': 'press',
  'newsbreak.com': 'aggregator',
  'newsbytesapp.com': 'aggregator',
  'nexttv.com': 'trade',
  'scorpiolikeyou.com': 'fan',
  'slashfilm.com': 'press',
  'thegww.com': 'fan',
  'tvseriesfinale.com': 'press',
  'vviptimes.com': 'press',
  'webnewsobserver.com': 'aggregator',
  'whats-on-netflix.com': 'press',
  'yahoo.com': 'press',
}

/** Publishers as collected whose name needs more than its host to be read. */
const PUBLISHERS: Record<string, { publisher: string; citing?: string }> = {
  'Amazon press release (via The Futon Critic)': { publisher: 'Amazon' },
  'Apple press release (via The Futon Critic)': { publisher: 'Apple' },
  'FX press release (via The Futon Critic)': { publisher: 'FX' },
  'The Futon Critic (HBO press release)': { publisher: 'HBO' },
  'The Futon Critic (Apple press release)': { publisher: 'Apple' },
  'The Futon Critic (BBC press release)': { publisher: 'BBC' },
  'CyberAgent and Kadokawa press release (via PR Newswire, VIR)': { publisher: 'Kadokawa' },
  'AMC video on Dailymotion': { publisher: 'AMC' },
  'Dailymotion (fan video)': { publisher: 'Dailymotion' },
  'Netflix (via MarketScreener)': { publisher: 'Netflix' },
  'TechRadar (via NewsBreak)': { publisher: 'NewsBreak', citing: 'TechRadar' },
  'Sportskeeda (fan post)': { publisher: "Sportskeeda readers' posts" },
  "Canadian Reviews (What's On)": { publisher: 'Canadian Reviews' },
  'Mr. Will Wong (Disney+ release)': { publisher: 'Mr. Will Wong', citing: 'Disney+' },
  'Filmibeat (press release)': { publisher: 'Filmibeat' },
  'ClearWire News (AI summary of The Futon Critic)': {
    publisher: 'ClearWire News',
    citing: 'The Futon Critic',
  },
}

/** Outlets and agencies that others repeat, by the names collectors wrote for them. */
const REPEATED: Record<string, string> = {
  ...Object.fromEntries(
    [
      ...['ANI', 'Business Insider', 'CBS Mornings', 'CNN', 'Collider', 'Deadline', 'Decider', 'Digital Spy'],
      ...['Evening Standard', 'IndieWire', 'Los Angeles Times', 'Newshub', 'People', 'PTI', 'PA', 'Reuters'],
      ...['Radio Times', 'The Hollywood Reporter', 'The Mirror', 'The New York Times', 'TheWrap', 'TSN'],
      ...['TV Insider', 'TVLine', 'UPI', 'USA Today', 'Variety', 'Vulture', 'ABC Audio'],
    ].map((name) => [name, name]),
  ),
  EW: 'Entertainment Weekly',
  THR: 'The Hollywood Reporter',
  ScreenRant: 'Screen Rant',
  'news agency dpa': 'dpa',
}
const REPEATED_NAMES = Object.keys(REPEATED)
  .sort((a, b) => b.length - a.length)
  .join('|')
const REPEATS_IN_NOTE = new RegExp(`\\b(?:citing|said to) (${REPEATED_NAMES})\\b`)

export const hostOf = (url: string): string => new URL(url).hostname.toLowerCase().replace(/^www\./, '')

/** "Republic World (citing Newsen/Soompi)" → the outlet, and the one it credits. */
export function publisherOf(text: string): { publisher: string; citing: string | null } {
  const known = PUBLISHERS[text]
  if (known) return { citing: null, ...known }
  const credited = /^(.*?) \((?:citing|quoting|from) (.+)\)$/.exec(text)
  if (credited)
    return { publisher: credited[1] as string, citing: (credited[2] as string).split('/')[0] as string }
  const repeated = /^(.*?) \(([^()]+)\)$/.exec(text)
  if (repeated && REPEATED[repeated[2] as string])
    return { publisher: repeated[1] as string, citing: REPEATED[repeated[2] as string] as string }
  // "CNN / KVIA", "NewsDrum / PTI": the host tells which of the two prints the other.
  const [one, other] = text.split(' / ')
  for (const [printed, agency] of [
    [other, one],
    [one, other],
  ])
    if (printed && agency && REPEATED[agency])
      return { publisher: printed, citing: REPEATED[agency] as string }
  const aside =
    /^(.*?) \((?:via .+|copy at .+|mirror|blog|fan post|Cosmo|docomo|PLU|school paper|NBCUniversal|BNNVARA)\)$/.exec(
      text,
    )
  return { publisher: aside ? (aside[1] as string) : text, citing: null }
}

/** The outlet a collector's note says the page repeats; null where it says none. */
export const repeatedIn = (note: string | null | undefined): string | null =>
  REPEATED[REPEATS_IN_NOTE.exec(note ?? '')?.[1] ?? ''] ?? null

export interface PageSource {
  publisher: string
  citing: string | null
  url: string
  sourceClass: SourceClass
}

/** Who speaks on a page, in one spelling, under its own address; or why the page is nobody's word. */
export function sourceOf(page: {
  publisher: string
  url: string
  source_class: SourceClass
}): PageSource | { reason: string } {
  const exchanged = OWN_ADDRESSES.find(([copy]) => copy.test(page.url))
  const url = withoutTracking(exchanged ? page.url.replace(...exchanged) : page.url)
  const host = hostOf(url)
  const reason = NO_SOURCES[host]
  if (reason) return { reason }
  const { publisher, citing } = publisherOf(page.publisher)
  const own = CLASSES[host] ?? (host.endsWith('yahoo.com') ? 'press' : undefined)
  const isOwnWord = page.source_class !== 'official' && page.source_class !== 'interview'
  // A page written by a machine has nobody on record.
  const speaks = own && (isOwnWord || own === 'aggregator') ? own : page.source_class
  return {
    publisher: publisher === "Sportskeeda readers' posts" ? publisher : nameOfHost(host, publisher),
    citing,
    url,
    sourceClass: speaks,
  }
}

const nameOfHost = (host: string, publisher: string): string => {
  if (host.endsWith('yahoo.com')) return 'Yahoo'
  if (host.endsWith('everyeye.it')) return 'Everyeye'
  return NAMES[host] ?? publisher
}

/** An address without what only counts clicks. */
function withoutTracking(url: string): string {
  const [address, query] = url.split('?', 2)
  const kept = (query ?? '').split('&').filter((part) => part && !/^(utm_\w+|cmpid|src=rss)/.test(part))
  return kept.length > 0 ? `${address}?${kept.join('&')}` : (address as string)
}
