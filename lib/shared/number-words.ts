/** Numbers as people write them in words, by language. Plain data; compared folded. */

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

/** The words of each line of such a list, without the language it begins with. */
export const wordLines = (list: string): string[][] =>
  list
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' ').slice(1))
