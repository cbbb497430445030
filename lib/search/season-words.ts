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
