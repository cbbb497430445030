/** Which drawing stands on a show's poster: what its genres call for, and what else would suit it. */
import { hashText } from './hash'
import type { Motif } from './motifs'

/** The facts a poster is drawn from. */
export interface PosterSubject {
  slug: string
  title: string
  originalTitle: string | null
  genres: string[]
  kind: string
  year: number | null
}

/** Words of genres and titles (folded to lower case) and the motifs they call for; the first family that matches leads. */
const FAMILIES: [words: RegExp, motifs: Motif[]][] = [
  [/zombie|undead|horror|ゾンビ|死|屍|dead\b|walking dead|좀비|呪|怨/u, ['hands', 'skull', 'hands']],
  [
    /vampire|supernatural|ghost|occult|paranormal|妖|霊|鬼|吸血|귀신|demon/u,
    ['moonbat', 'candle', 'lantern', 'skull'],
  ],
  [/mecha|robot|ロボ|ガンダム|gundam|機動|cyborg/u, ['robot', 'gears', 'orbit']],
  [/sci-?fi|science.?fiction|space|宇宙|銀河|star\b|galax|星|우주|alien/u, ['planet', 'rocket', 'orbit']],
  [/superhero|ヒーロー|hero\b|英雄|히어로/u, ['bolt', 'burst', 'target']],
  [/death game|survival|game show|squid|gaming|ゲーム|遊戯|게임|game/u, ['shapes', 'dice', 'gamepad']],
  [/medical|hospital|doctor|医|의사|병원|nurse/u, ['cross', 'pill', 'cross']],
  [/legal|law|court|judge|lawyer|弁護|변호/u, ['scales', 'column']],
  [/music|idol|band|アイドル|音|歌|ライブ|song|가수|musical|concert/u, ['record', 'notes', 'microphone']],
  [
    /sport|football|soccer|baseball|basket|tennis|サッカー|野球|球|競|racing|boxing|wrestl/u,
    ['ball', 'track', 'cup'],
  ],
  [/food|cook|kitchen|chef|食|飯|ごはん|グルメ|식당|bak(e|ing)|restaurant/u, ['bowl', 'teacup', 'fish']],
  [/western|cowboy|frontier/u, ['cactus', 'road', 'sun']],
  [/espionage|spy|conspiracy|スパイ|스파이/u, ['lens', 'target', 'hat']],
  [/crime|police|gangster|heist|cop|刑事|警|형사|murder|noir/u, ['keyhole', 'fingerprint', 'hat', 'target']],
  [/myster|detective|探偵|推理|謎|탐정|secret|秘/u, ['eye', 'lens', 'keyhole']],
  [/martial|action|戦|闘|拳|忍|ninja|battle|전사|wuxia|武/u, ['burst', 'swords', 'bolt', 'target']],
  [/war\b|military|軍|전쟁|soldier|army/u, ['helmet', 'swords', 'column']],
  [/magic|魔|witch|wizard|마법|magical/u, ['wand', 'crescent', 'dragon']],
  [
    /fantasy|異世界|dragon|竜|龍|勇者|剣|sword|myth|legend|判타지|판타지|冒険/u,
    ['castle', 'dragon', 'sword', 'wand'],
  ],
  [
    /histor|period|dynasty|costume|古|朝|royal|queen|king\b|crown|王|姫|皇|왕|sageuk|samurai|侍/u,
    ['pagoda', 'crown', 'column', 'sword'],
  ],
  [/thriller|suspense|psycholog|サスペンス|스릴러/u, ['spiral', 'target', 'stairs', 'eye']],
  [
    /romance|romantic|love|恋|愛|ラブ|사랑|연애|wedding|marriage|결혼|嫁|boy.?s.?love|shoujo/u,
    ['heart', 'eclipse', 'rose', 'umbrella'],
  ],
  [
    /school|teen|coming.of.age|college|campus|学園|学校|高校|校|학교|학생|教室|student|youth/u,
    ['pencils', 'school', 'book'],
  ],
  [/documentar|docuseries|nature|science\b|history channel/u, ['aperture', 'reel', 'compass']],
  [/reality|competition|variety|makeover|dating|lifestyle/u, ['television', 'microphone', 'blocks']],
  [/talk|interview|news|gossip|stand.?up/u, ['bubbles', 'microphone']],
  [/comed|sitcom|parody|satire|gag|ギャグ|コメディ|코미디/u, ['grin', 'masks', 'balloon', 'chairs']],
  [/adventure|travel|journey|voyage|旅|여행|海賊|pirate|航/u, ['ship', 'compass', 'road', 'peaks']],
  [/kid|children|family|cartoon|preschool|こども|家族|가족/u, ['kite', 'blocks', 'balloon', 'bird']],
  [/cat\b|cats\b|猫|にゃ|고양이|animal|pet\b|dog|犬|動物/u, ['cat', 'bird', 'fish']],
  [
    /slice of life|日常|daily|iyashi|生活|일상|living|home|house|家|집/u,
    ['teacup', 'house', 'window', 'umbrella'],
  ],
  [/business|politic|office|finance|会社|회사|workplace|city|東京|서울/u, ['skyline', 'stairs', 'column']],
  [/海|sea|ocean|바다|水|water|river|川|beach|島|island/u, ['waves', 'fish', 'ship']],
  [/月|moon|夜|night|밤|dark|闇|달/u, ['crescent', 'lantern', 'window']],
  [/花|flower|blossom|꽃|桜|rose|garden|園/u, ['blossom', 'rose', 'leaf']],
  [/山|mountain|雪|snow|winter|冬|눈|산/u, ['peaks', 'umbrella', 'pagoda']],
  [/日|sun\b|summer|夏|空|sky|太陽|하늘|태양|spring|春/u, ['sun', 'kite', 'waves']],
  [/森|forest|木|tree|風|wind|숲|바람/u, ['leaf', 'bird', 'peaks']],
  [/drama|melodrama|soap|serial/u, ['profiles', 'stairs', 'lamppost', 'chairs', 'window', 'curtain', 'door']],
]

/** Genres so common that a rarer one beside them says more. */
const BROAD = /drama|comed|action|adventure|anime|animation|international|tv|show|thriller|romantic|kids/u
const UNNAMED_ANIME: Motif[] = [
  'sun',
  'waves',
  'peaks',
  'crescent',
  'leaf',
  'fan',
  'lantern',
  'gate',
  'blossom',
  'kite',
  'bird',
  'pagoda',
  'wand',
  'cat',
]
const UNNAMED: Motif[] = [
  'door',
  'window',
  'lamppost',
  'sun',
  'skyline',
  'profiles',
  'stairs',
  'umbrella',
  'eclipse',
  'reel',
  'waves',
  'chairs',
]

/** The families that words call for, the leading one first. */
const familiesOf = (words: string) =>
  words ? FAMILIES.filter(([pattern]) => pattern.test(words)).map(([, motifs]) => motifs) : []

/**
 * The drawings that suit a show, the best first: what its narrow genres call for, then (without genres) the words of
 * its title, then its broad genres; at the end those that suit whatever nothing is known of. Each once.
 */
export function motifsOf(show: PosterSubject): Motif[] {
  const hash = hashText(`${show.slug}:motif`)
  const genres = show.genres.map((genre) => genre.toLowerCase())
  const narrow = genres.filter((genre) => !BROAD.test(genre))
  const title = `${show.title} ${show.originalTitle ?? ''}`.toLowerCase()
  const broad = genres.filter((genre) => BROAD.test(genre))
  const families = [narrow.join(' '), genres.length === 0 ? title : '', broad.join(' ')].flatMap(familiesOf)
  const unnamed = /anim/.test(show.kind.toLowerCase()) ? UNNAMED_ANIME : UNNAMED
  return [...new Set([...families, unnamed].flatMap((motifs) => turned(motifs, hash)))]
}

/** A list from the place its hash calls for, round to that place. */
const turned = <T>(list: readonly T[], hash: number): T[] => {
  const from = hash % list.length
  return [...list.slice(from), ...list.slice(0, from)]
}

/** The drawing of a show that stands alone. */
export const motifOf = (show: PosterSubject): Motif => motifsOf(show)[0]!
