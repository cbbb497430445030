/**
 * What the seasons of a show are called, in each language that people and services write them in. Data: one table, read by
 * the search of names and by lists that come in. Words are lower case and composed (NFC), in the forms that stand beside a
 * number; which side of it ("Season 2", "2. évad", "第2季") is the reader's to allow.
 */

/** A language's words. */
export interface SeasonWords {
  /** A season as a whole: "season 2" is nothing else. */
  season: readonly string[]
  /** A division that may be a season, half of one, or a word of a title: part, volume, book, chapter, series. */
  part?: readonly string[]
  /** What stands in a season's place without a number: "limited series". */
  single?: readonly string[]
}

/** Languages as BCP 47 tags, each with its words. */
export const SEASON_WORDS: Readonly<Record<string, SeasonWords>> = {
  en: {
    season: ['season', 'seasons'],
    part: ['series', 'part', 'volume', 'vol', 'book', 'chapter', 'collection', 'cour', 'arc'],
    single: ['limited series', 'miniseries', 'mini-series', 'mini series', 'specials'],
  },
  de: {
    season: ['staffel'],
    part: ['teil', 'buch', 'band', 'kapitel', 'kollektion', 'reihe', 'sammlung'],
    single: ['miniserie', 'mini-serie', 'limitierte serie', 'specials'],
  },
  fr: {
    season: ['saison'],
    part: ['partie', 'volume', 'livre', 'chapitre', 'série', 'tome', 'collection'],
    single: ['mini-série', 'minisérie', 'mini série', 'série limitée'],
  },
  es: {
    season: ['temporada'],
    part: ['parte', 'volumen', 'libro', 'capítulo', 'serie', 'colección'],
    single: ['miniserie', 'mini serie', 'serie limitada'],
  },
  ca: {
    season: ['temporada'],
    part: ['part', 'volum', 'llibre', 'capítol', 'col·lecció'],
    single: ['minisèrie', 'sèrie limitada'],
  },
  gl: { season: ['temporada'], part: ['parte', 'volume', 'libro', 'capítulo'], single: ['miniserie'] },
  eu: { season: ['denboraldia'], part: ['zatia', 'liburukia', 'kapitulua'] },
  it: {
    season: ['stagione'],
    part: ['parte', 'volume', 'libro', 'capitolo', 'serie', 'collezione'],
    single: ['miniserie', 'mini serie', 'serie limitata'],
  },
  pt: {
    season: ['temporada', 'época'],
    part: ['parte', 'volume', 'livro', 'capítulo', 'série', 'coleção', 'colecção'],
    single: ['minissérie', 'mini-série', 'série limitada'],
  },
  ro: {
    season: ['sezonul', 'sezon'],
    part: ['partea', 'volumul', 'cartea', 'capitolul', 'colecția', 'seria'],
    single: ['miniserie', 'serie limitată'],
  },
  nl: {
    season: ['seizoen'],
    part: ['deel', 'boek', 'hoofdstuk', 'volume', 'reeks', 'collectie'],
    single: ['miniserie', 'beperkte serie'],
  },
  sv: {
    season: ['säsong'],
    part: ['del', 'volym', 'bok', 'kapitel', 'samling'],
    single: ['miniserie', 'begränsad serie'],
  },
  no: {
    season: ['sesong'],
    part: ['del', 'volum', 'bok', 'kapittel', 'samling'],
    single: ['miniserie', 'begrenset serie'],
  },
  da: {
    season: ['sæson'],
    part: ['del', 'bind', 'bog', 'kapitel', 'samling'],
    single: ['miniserie', 'begrænset serie'],
  },
  fi: {
    season: ['kausi', 'tuotantokausi', 'kauden'],
    part: ['osa', 'volyymi', 'kirja', 'luku', 'kokoelma'],
    single: ['minisarja', 'rajoitettu sarja'],
  },
  is: { season: ['þáttaröð', 'sería', 'tímabil'], part: ['hluti', 'bók', 'kafli'], single: ['smásería'] },
  et: { season: ['hooaeg'], part: ['osa', 'köide', 'raamat', 'peatükk'], single: ['minisari', 'lühisari'] },
  lv: {
    season: ['sezona', 'sezonā'],
    part: ['daļa', 'sējums', 'grāmata', 'nodaļa'],
    single: ['miniseriāls', 'mini seriāls'],
  },
  lt: {
    season: ['sezonas', 'sezono'],
    part: ['dalis', 'tomas', 'knyga', 'skyrius'],
    single: ['miniserialas', 'mini serialas'],
  },
  pl: {
    season: ['sezon', 'sezonu'],
    part: ['część', 'seria', 'tom', 'księga', 'rozdział', 'kolekcja'],
    single: ['miniserial', 'mini serial', 'limitowana seria', 'serial limitowany'],
  },
  cs: {
    season: ['řada', 'sezóna', 'sezona', 'řady', 'sezóny'],
    part: ['série', 'část', 'díl', 'kniha', 'kapitola', 'svazek', 'kolekce'],
    single: ['minisérie', 'limitovaná série'],
  },
  sk: {
    season: ['séria', 'sezóna', 'série', 'sezóny'],
    part: ['časť', 'rad', 'diel', 'kniha', 'kapitola', 'zväzok', 'kolekcia'],
    single: ['miniséria', 'limitovaná séria'],
  },
  sl: { season: ['sezona'], part: ['del', 'knjiga', 'poglavje', 'zbirka'], single: ['miniserija'] },
  hr: {
    season: ['sezona', 'sezone'],
    part: ['dio', 'svezak', 'knjiga', 'poglavlje', 'kolekcija', 'serija'],
    single: ['miniserija', 'mini-serija', 'ograničena serija'],
  },
  sr: {
    season: ['sezona', 'сезона', 'sezone', 'сезоне'],
    part: ['deo', 'део', 'knjiga', 'књига', 'poglavlje', 'поглавље', 'kolekcija', 'колекција'],
    single: ['miniserija', 'минисерија', 'mini-serija', 'мини-серија'],
  },
  hu: {
    season: ['évad'],
    part: ['rész', 'kötet', 'könyv', 'fejezet', 'gyűjtemény', 'széria', 'sorozat'],
    single: ['minisorozat'],
  },
  el: {
    season: ['σεζόν', 'κύκλος', 'σαιζόν'],
    part: ['μέρος', 'τόμος', 'βιβλίο', 'κεφάλαιο', 'συλλογή'],
    single: ['μίνι σειρά', 'μίνι-σειρά', 'μινισειρά', 'περιορισμένη σειρά'],
  },
  ru: {
    season: ['сезон', 'сезона', 'сезоне'],
    part: ['часть', 'том', 'книга', 'глава', 'коллекция', 'серия'],
    single: ['мини-сериал', 'минисериал', 'мини–сериал'],
  },
  uk: {
    season: ['сезон', 'сезону', 'сезоні'],
    part: ['частина', 'том', 'книга', 'розділ', 'глава', 'колекція', 'серія'],
    single: ['мінісеріал', 'міні-серіал', 'обмежена серія'],
  },
  bg: {
    season: ['сезон'],
    part: ['част', 'том', 'книга', 'глава', 'колекция'],
    single: ['минисериал', 'мини сериал', 'мини-сериал', 'минисериали'],
  },
  mk: { season: ['сезона'], part: ['дел', 'книга', 'поглавје'], single: ['минисерија'] },
  tr: {
    season: ['sezon', 'sezonu'],
    part: ['kısım', 'bölüm', 'cilt', 'kitap', 'koleksiyon'],
    single: ['mini dizi', 'sınırlı dizi'],
  },
  he: {
    season: ['עונה'],
    part: ['חלק', 'כרך', 'ספר', 'פרק', 'אוסף'],
    single: ['מיני סדרה', 'מיני-סדרה', 'סדרה מוגבלת', 'מיני־סדרה'],
  },
  ar: {
    season: ['الموسم', 'موسم'],
    part: ['الجزء', 'جزء', 'المجلد', 'مجلد', 'الكتاب', 'كتاب', 'الفصل', 'مجموعة', 'المجموعة'],
    single: ['مسلسل قصير', 'سلسلة قصيرة', 'مسلسل محدود', 'سلسلة محدودة'],
  },
  fa: { season: ['فصل'], part: ['بخش', 'قسمت', 'جلد', 'کتاب'], single: ['مینی سریال', 'مینی‌سریال'] },
  ur: { season: ['سیزن'], part: ['حصہ', 'کتاب', 'باب'] },
  hi: {
    season: ['सीज़न', 'सीजन'],
    part: ['भाग', 'पार्ट', 'वॉल्यूम', 'किताब', 'अध्याय', 'चैप्टर', 'कलेक्शन'],
    single: ['मिनी सीरीज़', 'मिनी-सीरीज़', 'लिमिटेड सीरीज़', 'सीमित सीरीज़', 'मिनी सीरीज', 'लिमिटेड सीरीज'],
  },
  mr: { season: ['सीझन', 'हंगाम'], part: ['भाग'] },
  bn: { season: ['সিজন'], part: ['পর্ব', 'খণ্ড'] },
  ta: { season: ['சீசன்'], part: ['பாகம்', 'பகுதி', 'தொகுதி'], single: ['மினி தொடர்', 'குறுந்தொடர்'] },
  te: { season: ['సీజన్'], part: ['భాగం', 'వాల్యూమ్', 'పార్ట్'], single: ['మినీ సిరీస్', 'లిమిటెడ్ సిరీస్'] },
  kn: { season: ['ಸೀಸನ್'], part: ['ಭಾಗ'] },
  ml: { season: ['സീസൺ', 'സീസണ്‍'], part: ['ഭാഗം'] },
  th: {
    season: ['ซีซั่น', 'ซีซัน', 'ซีซันที่', 'ซีซั่นที่', 'ฤดูกาล', 'ปี'],
    part: ['ภาค', 'พาร์ท', 'ตอน', 'เล่ม', 'บท', 'คอลเลกชัน', 'ชุด'],
    single: ['มินิซีรีส์', 'ซีรีส์จำกัดตอน', 'ลิมิเต็ดซีรีส์'],
  },
  vi: {
    season: ['mùa', 'phần'],
    part: ['tập', 'quyển', 'chương', 'tuyển tập', 'bộ'],
    single: ['loạt phim giới hạn', 'phim ngắn tập', 'loạt phim ngắn', 'phim bộ ngắn tập', 'miniseries'],
  },
  id: {
    season: ['musim'],
    part: ['bagian', 'volume', 'buku', 'bab', 'koleksi', 'jilid'],
    single: ['serial terbatas', 'miniseri'],
  },
  ms: {
    season: ['musim'],
    part: ['bahagian', 'jilid', 'buku', 'bab', 'koleksi', 'siri'],
    single: ['siri mini', 'siri terhad', 'miniseri'],
  },
  fil: { season: ['season'], part: ['bahagi', 'aklat', 'kabanata'] },
  ja: {
    season: ['シーズン', '期', 'シーズン目'],
    part: ['パート', 'シリーズ', '部', '章', '巻', 'クール', 'コレクション', 'ボリューム', 'チャプター'],
    single: ['リミテッドシリーズ', 'ミニシリーズ'],
  },
  ko: {
    season: ['시즌', '기'],
    part: ['파트', '부', '시리즈', '볼륨', '권', '챕터', '컬렉션'],
    single: ['리미티드 시리즈', '미니시리즈', '미니 시리즈'],
  },
  'zh-Hans': {
    season: ['季'],
    part: ['部', '部分', '卷', '章', '辑', '合集', '期'],
    single: ['迷你剧', '限定剧', '迷你剧集', '限定系列'],
  },
  'zh-Hant': {
    season: ['季'],
    part: ['部', '部分', '卷', '章', '輯', '合集', '期'],
    single: ['迷你影集', '限定影集', '迷你劇集', '限定劇集', '限定劇'],
  },
}
