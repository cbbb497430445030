/** Finds addresses of any kind in what people write, also where they are written so that a filter might miss them. Pure. */

/** What was found: a piece of the text that leads, or could lead, somewhere else. */
export interface FoundAddress {
  kind: 'link' | 'mail' | 'handle' | 'number'
  /** As the reader may recognise it. */
  piece: string
}

// Letters of other alphabets that look like ours, for endings such as the Cyrillic "сом".
const OTHERS = 'авсԁеёһіїјкмոорԛгѕтѵԝхуαεικνορτυχ'
const OURS = 'abcdeehiijkmnopqrstvwxyaeiknoptux'
const LOOK_ALIKES = new Map([...OTHERS].map((letter, index) => [letter, OURS[index]!]))

/**
 * Endings that are no words a sentence begins with: found also behind "dot", a comma, or a full stop and a space.
 * Every other ending counts where it stands right behind a full stop.
 */
const PLAIN_ENDINGS =
  'com|net|org|info|biz|xyz|io|gg|ly|cc|ru|su|de|uk|eu|fr|nl|pl|cn|jp|kr|br|tk|pw|onion|app|dev|site|online|shop|club|top|link|icu|vip|ws|tv|co'
/** Of those, the ones that end an address even where honest people put a space behind their full stop. */
const SPACED_ENDINGS = 'com|net|org|xyz|biz|onion'

/** Words that end in a full stop: behind them a title may follow without a space, as in "Dr.Stone". */
const SHORTENED =
  /^(mr|mrs|ms|mx|dr|st|ste|jr|sr|vs|ep|eps|no|nr|vol|pt|ch|feat|ft|prof|gen|lt|sgt|capt|col|rev|hon|mt|ca|etc|approx)$/i
/** Endings that exist, for the few places where being one decides. */
const ENDING = new RegExp(
  `^(?:[a-z]{2}|${PLAIN_ENDINGS}|live|world|news|media|tube|video|movie|show|watch|blog|page|gov|edu|mil|int|name|pro|mobi|asia|cat|tel|store|tech|space|website|fun|life|today|cloud|email|chat|social|zone|wiki|games?|stream|film|fans?)$`,
)

/** The text as an eye reads it: one width, no accents, nothing invisible, dots of all kinds as full stops. */
function asRead(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}\u115f\u1160\u3164\uffa0\u2800]/gu, '')
    .normalize('NFC')
    .replace(/%2e|&#0*46;?|&#x0*2e;?|&period;?/gi, '.')
    .replace(/(?<=[\p{Script=Latin}\p{N}])\s*[。・·•∙⋅ꓸ᛫]\s*(?=[\p{Script=Latin}\p{N}])/gu, (dot) =>
      /^\s|\s$/.test(dot) ? dot : '.',
    )
    .replace(/\p{Nd}/gu, (digit) => (/\d/.test(digit) ? digit : digitOf(digit)))
}

/** Endings in other scripts, as an eye reads them; `xn--` is how they look to machines. */
const FOREIGN_ENDINGS = new Set(
  'рф|рус|москва|дети|онлайн|сайт|бел|укр|мон|қаз|срб|бг|ею|한국|삼성|닷컴|닷넷|中国|中國|公司|网络|網絡|网站|在线|中文网|我爱你|商城|台灣|台湾|香港|新加坡|みんな|コム|ストア|セール|भारत|संगठन|ไทย|ελ|ευ|קום|ישראל|إيران|ایران|السعودية|مصر|موقع|شبكة'
    .split('|')
    .map(asRead),
)

/** A digit of any script in ours: they stand in rows of ten. */
function digitOf(digit: string): string {
  let value = 0
  for (let code = digit.codePointAt(0)!; value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1)); code--)
    value++
  return String(value)
}

const alike = (text: string) => [...text].map((letter) => LOOK_ALIKES.get(letter) ?? letter).join('')

/** Whether `labels.ending`, which stands in the text without a space, is a name of the net rather than a sentence. */
function isName(labels: string[], ending: string): boolean {
  const [end, first] = [ending.toLowerCase(), labels[0]!]
  if (FOREIGN_ENDINGS.has(end) || end.startsWith('xn--')) return true
  const latin = alike(end)
  // Other scripts: a full stop and no space is common there. Only what looks like an ending of ours counts.
  if (/[^a-z0-9-]/.test(end)) return latin !== end && new RegExp(`^(?:${PLAIN_ENDINGS})$`).test(latin)
  if (end.length < 2) return false
  // "S.W.A.T.", "L.A.Law", "Dr.Stone": no name unless the end is one of the net's.
  if (labels.every((label) => [...label].length === 1) || (labels.length === 1 && SHORTENED.test(first)))
    return ENDING.test(end)
  return true
}

const LABELS = /(?<![\p{L}\p{N}])((?:[\p{L}\p{N}][\p{L}\p{N}_-]*\.)+)(\p{L}[\p{L}\p{N}-]*)/gu

function nameIn(text: string): string | null {
  for (const [piece, labels, ending] of text.matchAll(LABELS))
    if (isName(labels!.slice(0, -1).split('.'), ending!)) return piece
  return null
}

const WORD = '[\\p{L}\\p{N}][\\p{L}\\p{N}-]*'
const endOf = (endings: string) => `(?:${endings})(?![\\p{L}\\p{N}])`
const LINKS = [
  /\bh(?:tt|xx|\*\*|__)ps?\b/iu,
  /[a-z][a-z0-9+-]*:\s*\/\//iu,
  /\b(?:mailto|javascript|magnet|tg|ftp|ipfs|whatsapp)\s*:/iu,
  /(?<![\p{L}\p{N}])w{3}(?![\p{L}\p{N}])/iu,
  /(?<![\p{L}\p{N}])[ru]\/[\p{L}\p{N}_]{2,}/iu,
  // "example [dot] com", "example (.) com"
  /[\p{L}\p{N}]\s*[([{<]\s*(?:dot|punkt|punto|point|\.|d0t)\s*[)\]}>]\s*[\p{L}\p{N}]/iu,
  // "example dot com"; "the dot com years" are no address.
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?!(?:the|a|an|of|early|late|this|that|whole|big|pre|post)[\\s_-])${WORD}[\\s_-]+(?:dot|d0t|punkt|punto)[\\s_-]+${endOf(PLAIN_ENDINGS)}`,
    'iu',
  ),
  // "example .com", "example . com": nobody puts a space before a full stop.
  new RegExp(`${WORD}\\s+\\.\\s*${endOf(`${PLAIN_ENDINGS}|me|to|us|be|it|at|is`)}`, 'iu'),
  new RegExp(`${WORD}\\s*[.,;:]\\s*${endOf(SPACED_ENDINGS)}`, 'iu'),
]
const MAILS = [
  /[\p{L}\p{N}]\s*[([{<]\s*(?:at|@|à|ät|arroba)\s*[)\]}>]\s*[\p{L}\p{N}]/iu,
  /[\p{L}\p{N}._+-]+\s*@\s*[\p{L}\p{N}]/u,
]
const HANDLES = [/@\s*[\p{L}\p{N}_]+/u, /[\p{L}\p{N}_]{2,}#\d{4}(?!\d)/u]
const IP = [
  /(?<![\d.])\d{1,3}(?:\s*\.\s*\d{1,3}){3}(?![\d.]*\d)/u,
  /(?<![\p{L}\p{N}:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}(?![\p{L}\p{N}:])|(?<![\p{L}\p{N}])[0-9a-f]{0,4}(?::[0-9a-f]{1,4})*::[0-9a-f]{1,4}/iu,
]

const DIGITS_MIN = 7
/** A telephone number: seven digits or more, grouped or not. Years, days and the numbers of "Lost" are none. */
function numberIn(text: string): string | null {
  const days = /(?<!\d)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}|(?:1[89]|20)\d{2})(?!\d)/g
  for (const [piece] of text.replace(days, '_').matchAll(/\+?[\d(][\d\s().\-–—/]*\d/g)) {
    const groups = piece.match(/\d+/g) ?? []
    const digits = groups.join('').length
    const counted = groups.every((group) => group.length <= 2 && !group.startsWith('0'))
    if (digits >= DIGITS_MIN && (!counted || piece.startsWith('+'))) return piece
    if (piece.startsWith('+') && digits >= DIGITS_MIN - 2) return piece
  }
  return null
}

const PIECE_MAX = 40

/**
 * The first address in a text: of a site (also `example . com`, `example dot com`, `hxxp`, an IP address, a name in other letters), of
 * mail, of a person elsewhere (`@name`), or a telephone number. Null where there is none. Prose that merely looks like one, a sentence
 * begun without a space ("the end.Then"), is found too: whoever wrote it can put the space.
 */
export function findAddress(text: string): FoundAddress | null {
  const read = asRead(text)
  const first = (patterns: RegExp[]) => patterns.map((pattern) => pattern.exec(read)?.[0]).find(Boolean)
  const found: [FoundAddress['kind'], string | null | undefined][] = [
    ['mail', first(MAILS)],
    ['handle', first(HANDLES)],
    ['link', first([...LINKS, ...IP]) ?? nameIn(read)],
    ['number', numberIn(read)],
  ]
  const [kind, piece] = found.find(([, piece]) => piece) ?? []
  return kind && piece ? { kind, piece: piece.trim().slice(0, PIECE_MAX) } : null
}
