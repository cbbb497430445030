/** The words in which a season is asked for, by language. Plain data; written as people write, compared folded. */

/** A season in more forms than services write (lib/shared/season-words): several, a series, a word cut short. */
export const MORE_SEASON_WORDS = `
en series ssn
de staffeln
fr saisons
es temporadas temp
it stagioni
pt temporadas
nl seizoenen
sv säsongen
da sæsonen
no sesongen
pl sezony seria
hu évada
tr sezonun
ru сезоны
he עונות העונה
hi सत्र
th ภาค
ja シリーズ
`

/** A part of a season, in forms that services do not write. */
export const MORE_PART_WORDS = `
en parts pt
`

/** One of the pieces a season is made of: said with a number, it says nothing of the show. */
export const EPISODE_WORDS = `
en episode episodes ep eps
de folge folgen
fr épisode
es episodio capítulo
it episodio puntata
pt episódio capítulo
nl aflevering
sv avsnitt
da afsnit
pl odcinek
tr bölüm
ru серия эпизод
ja 話
ko 화 회
zh 集
`

/** The quarter of a year that a Japanese series runs: a part of a season, never one. */
export const COUR_WORDS = `
en cour cours
ja クール
`

/** Numbers from one on, and their ordinals, in the forms that stand beside the word for a season. */
export const NUMBER_WORDS = `
en one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
en first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
de eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig
de erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte
de ersten zweiten dritten vierten fünften sechsten siebten achten neunten zehnten elften zwölften
fr une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize
fr première deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième
fr premier seconde
es uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince
es primera segunda tercera cuarta quinta sexta séptima octava novena décima undécima duodécima
it uno due tre quattro cinque sei sette otto nove dieci undici dodici
it prima seconda terza quarta quinta sesta settima ottava nona decima undicesima dodicesima
pt um dois três quatro cinco seis sete oito nove dez onze doze
pt primeira segunda terceira quarta quinta sexta sétima oitava nona décima
nl een twee drie vier vijf zes zeven acht negen tien elf twaalf
nl eerste tweede derde vierde vijfde zesde zevende achtste negende tiende
sv ett två tre fyra fem sex sju åtta nio tio elva tolv
sv första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde
da en to tre fire fem seks syv otte ni ti
da første anden tredje fjerde femte sjette syvende ottende niende tiende
no første andre tredje fjerde femte sjette sjuende åttende niende tiende
fi yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen
fi ensimmäinen toinen kolmas neljäs viides kuudes seitsemäs kahdeksas yhdeksäs kymmenes
pl jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć
pl pierwszy drugi trzeci czwarty piąty szósty siódmy ósmy dziewiąty dziesiąty
pl pierwsza druga trzecia czwarta piąta szósta siódma ósma dziewiąta dziesiąta
cs první druhá třetí čtvrtá pátá šestá sedmá osmá devátá desátá
cs první druhý třetí čtvrtý pátý šestý sedmý osmý devátý desátý
hu első második harmadik negyedik ötödik hatodik hetedik nyolcadik kilencedik tizedik
ro întâi doi trei patru cinci șase șapte opt nouă zece
tr bir iki üç dört beş altı yedi sekiz dokuz on
tr birinci ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu
hr prva druga treća četvrta peta šesta sedma osma deveta deseta
el πρώτος δεύτερος τρίτος τέταρτος πέμπτος έκτος έβδομος όγδοος ένατος δέκατος
ru один два три четыре пять шесть семь восемь девять десять
ru первый второй третий четвертый пятый шестой седьмой восьмой девятый десятый
ru первого второго третьего четвертого пятого шестого седьмого восьмого девятого десятого
ru первая вторая третья четвёртая пятая шестая седьмая восьмая девятая десятая
uk перший другий третій четвертий п'ятий шостий сьомий восьмий дев'ятий десятий
ar الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر
ar واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة
fa اول دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم
he ראשונה שנייה שלישית רביעית חמישית שישית שביעית שמינית תשיעית עשירית
he הראשונה השנייה השלישית הרביעית החמישית השישית השביעית השמינית התשיעית העשירית
hi एक दो तीन चार पांच छह सात आठ नौ दस
hi पहला दूसरा तीसरा चौथा पांचवां छठा सातवां आठवां नौवां दसवां
vi một hai ba bốn năm sáu bảy tám chín mười
id satu dua tiga empat lima enam tujuh delapan sembilan sepuluh
id pertama kedua ketiga keempat kelima keenam ketujuh kedelapan kesembilan kesepuluh
ko 일 이 삼 사 오 육 칠 팔 구 십
ko 첫 두 세 네 다섯 여섯 일곱 여덟 아홉 열
ja ファースト セカンド サード フォース フィフス シックス セブンス
`

/** Which of the seasons, without a number. */
export const OTHER_SEASON_WORDS = `
en new next last latest final all upcoming another more current complete entire full whole
de neue neuen alle nächste nächsten letzte letzten finale komplette ganze weitere
fr nouvelle toutes prochaine dernière finale ultime intégrale
es nueva próxima última siguiente final completa
it nuova prossima ultima finale completa
pt nova próxima última final completa
nl nieuwe nieuw volgende laatste complete
sv nya ny nästa sista
da ny nye næste sidste
no ny nye neste siste
pl nowy następny kolejny ostatni finałowy
cs nová další poslední
tr yeni gelecek son sonraki final
ru новый следующий последний новые
uk новий наступний останній
ar الجديد القادم الأخير
hi नया अगला आखिरी
ja 新 最終 ファイナル
ko 새 다음 마지막 새로운
`

/** What stands between the number of a season and its title, or before them. */
export const LINKING_WORDS = `
en of the for in from a an
de von der die das dem den zu eine einer
fr de du des la le les l d une
es de del la el los las una
it di del della dell de la il lo una
pt de do da dos das a o uma
nl van de het een
sv av
da af
no av
pl serialu
ru сериала
tr dizisi
`

/** What follows a number written with an ending of its own: "4-й", "2:a", "두 번째". */
export const NUMBER_ENDINGS =
  'и я ая ое й го ти а e o eme ere er re nd rd th st te de ter ª º 번째 no nr number n numero numer номер č'

/** The words of each line of such a list, without the language it begins with. */
export const wordLines = (list: string): string[][] =>
  list
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' ').slice(1))
