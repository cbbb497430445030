/** The words around a name in a question, by language, and what else people put beside it. Plain data, compared folded. */

/** What is asked of a show, in the words before its name. */
export const QUESTIONS_BEFORE = `
en what time does; what time is; what time; when is; when does; when do; when will; when did; when was; when are; when; what happened to; what is; is there; are there; will there be; is there going to be; has; is; did; does; will; was; release date of; release date for; premiere date of; new episodes of; how many seasons of; how many seasons does; how many; where to watch; watch; status of; shows like; series like; anime like; dramas like; shows similar to; something like; similar to; more like; the show; tv show; tv series; the tv show; the series; anime; show
de serien wie; ähnlich wie; wie viele staffeln hat; wie viele staffeln; wann geht es weiter mit; kommt eine; wann kommt; wann startet; wann beginnt; wann läuft; wann geht; wann erscheint; wann ist; wann; gibt es; gibt es eine; kommt; wird; wie viele; start von; serie; die serie
fr séries comme; à quand; pour quand; combien de saisons; nombre de saisons; quelle est la date de sortie de; quelle est la date de sortie; quand sort; quand sortira; quand commence; quand arrive; quand est ce que; quand; date de sortie de; date de sortie; y aura t il; est ce que; la série; série
es series como; para cuándo; cuántas temporadas tiene; cuántas temporadas; cuándo sale; cuándo se estrena; cuándo estrena; cuándo vuelve; cuándo llega; cuándo empieza; cuándo; fecha de estreno de; habrá; hay; la serie; serie
it quante stagioni; quando esce; quando escono; quando inizia; quando arriva; quando torna; quando uscirà; quando; data di uscita di; ci sarà; la serie; serie
pt quantas temporadas tem; quantas temporadas; quando sai; quando estreia; quando lança; quando chega; quando volta; quando começa; quando; data de estreia de; vai ter; tem; terá; a série; série
nl wanneer komt; wanneer begint; wanneer verschijnt; wanneer is; wanneer; komt er; is er
sv när kommer; när börjar; när släpps; när är; när
da hvornår kommer; hvornår
no når kommer; når
fi milloin tulee; milloin
pl ile sezonów ma; ile sezonów; kiedy wyjdzie; kiedy będzie; kiedy wychodzi; kiedy premiera; kiedy; czy będzie; czy powstanie; serial
cs kdy bude; kdy vyjde; kdy
hu mikor jön; mikor
ro când apare; când
tr ne zaman; dizisi
ru сколько сезонов в; сколько сезонов; когда выйдет; когда выходит; когда будет; когда; дата выхода; будет ли; сериал; сколько
uk коли вийде; коли
ar متى; متى يعرض; موعد عرض; مسلسل
he מתי
hi कब आएगा; कब
vi khi nào; bao giờ
id kapan; kapan rilis
ko 드라마
ja アニメ; ドラマ; テレビアニメ
zh 电视剧; 電視劇; 动漫; 動漫; 美剧; 韩剧
`

/** What is asked of a show, in the words behind its name. */
export const QUESTIONS_BEHIND = `
any netflix; on netflix; apple tv; apple tv plus; on apple tv; hbo; hbo max; max; on hbo; on max; disney; disney plus; on disney; on disney plus; hulu; on hulu; prime; prime video; on prime; on prime video; amazon; amazon prime; on amazon; peacock; on peacock; paramount; paramount plus; crunchyroll; on crunchyroll; bbc; itv; viki; iqiyi; youtube
en release date; release; released; releasing; premiere date; premiere; premieres; premiering; premier; air date; airing; airs; air; start date; starts; start; begin; begins; date; coming out; coming back; coming; come out; comes out; come back; comes back; come; comes; return date; returning; returns; return; back; out; renewed; renewal; renew; renewed or cancelled; renewed or canceled; cancelled or renewed; canceled or renewed; is it renewed; cancelled; canceled; cancellation; been cancelled; been canceled; been renewed; getting renewed; get renewed; got renewed; get cancelled; got cancelled; getting a new; getting; new episodes; be released; be back; be out; be on; getting cancelled; be renewed; be cancelled; axed; over; ended; ending; end; finished; confirmed; announced; announcement; trailer; teaser; news; update; updates; status; when; when is it coming out; when does it come out; when does come out; when is coming out; release date netflix; on netflix; netflix; on; yet; happening; happen; cast; episodes; episode; be; going to be; has; have; there; tv show; tv series; the series; the tv series; show; anime; drama; kdrama; k drama; wiki; imdb; version; remake; reboot; original; the original; original series; live action; watch online; online; streaming; stream; sequel
de start; startet; starttermin; startdatum; release; termin; erscheinungsdatum; abgesetzt; verlängert; eingestellt; kommt; wann; wann kommt; wann kommt sie; wann geht es weiter; heraus; raus; weiter; neue folgen; neue episoden; folgen; wie viele staffeln; fortsetzung; trailer; serie; netflix; ausstrahlung; deutschland; in deutschland
fr nouveaux épisodes; combien de saisons; date de sortie; date sortie; sortie; date de diffusion; date; annulée; annulé; renouvelée; renouvelé; quand; suite; bande annonce; série; fin; reconduite; est elle annulée
es para cuándo; nuevos episodios; cuántas temporadas; fecha de estreno; fecha estreno; fecha de lanzamiento; fecha; estreno; cancelada; cancelado; renovada; renovado; cuándo sale; cuándo; tráiler; serie; confirmada; final
it data di uscita; data uscita; uscita; data; rinnovata; rinnovato; cancellata; cancellato; quando esce; quando; trailer; serie; serie tv; confermata
pt data de estreia; data de lançamento; data; estreia; lançamento; renovada; renovado; cancelada; cancelado; quando; quando estreia; quando sai; trailer; série; confirmada; final
nl releasedatum; datum; wanneer; verlengd; geannuleerd; gestopt; trailer
sv premiär; premiärdatum; datum; när; nedlagd; inställd; förnyad
da premiere; dato; hvornår; aflyst; fornyet
no premiere; dato; når; kansellert; fornyet
fi julkaisu; milloin; peruttu; jatkoa
pl premiera; data premiery; data; kiedy; kiedy premiera; kiedy wyjdzie; anulowany; skasowany; odnowiony; przedłużony; zwiastun; serial
cs datum; premiéra; kdy; zrušen; zrušeno; obnoven
hu mikor; premier; megjelenés
ro data lansării; premieră; când apare; anulat
tr kaç sezon; ne zaman; ne zaman çıkacak; ne zaman gelecek; ne zaman yayınlanacak; ne zaman başlayacak; ne zaman başlıyor; çıkış tarihi; yayın tarihi; tarihi; iptal; iptal mi; iptal edildi; onaylandı; bitti mi; final; fragman; var mı; gelecek mi; olacak mı; dizi
ru дата выхода; дата премьеры; дата; премьера; когда; когда выйдет; выйдет; выходит; будет; будет ли; продлен; продлён; продлили; закрыт; закрыли; отменен; отменён; трейлер; сериал; смотреть
uk дата виходу; коли; прем'єра; продовжено; закрито; серіал
ar موعد; موعد العرض; متى; تاريخ; إلغاء; مسلسل
he מתי; תאריך; תאריך יציאה; חודשה; בוטלה
hi रिलीज़ डेट; कब आएगा; कब
vi ngày phát hành; khi nào; khi nào ra
id kapan rilis; kapan tayang; tanggal rilis; kapan
ko 공개일; 방영일; 방송일; 개봉일; 출시일; 언제; 언제 나와; 언제 나오나; 나와; 제작; 확정; 제작 확정; 취소; 캔슬; 리뉴얼; 예고편; 드라마; 공개; 방영; 방영 예정
ja いつ; いつから; いつ放送; 放送日; 配信日; 公開日; 放送; 配信; 放送開始; 配信開始; 開始日; 続編; 打ち切り; 更新; 決定; 制作決定; 予告; アニメ; ドラマ; は; はいつ; いつですか; の放送日; の配信日
zh 什么时候; 什麼時候; 什么时候出; 什麼時候出; 何时; 何時; 何时播出; 上映时间; 上映時間; 上映日期; 播出时间; 播出時間; 播出日期; 定档; 定檔; 续订; 續訂; 取消; 被砍; 预告; 預告; 更新; 开播; 開播; 上线; 上線; 最新消息; 电视剧; 電視劇; 动漫; 動漫
`

/** Articles that lists put behind a name for its order: one letter only with a comma, for it may be an initial. */
export const ARTICLES =
  'the an a der die das ein eine le la les un une el los las una il lo gli i os as o um uma de het een den det'

/** Countries as they are put beside a name, with the name the catalogue has for each. */
const COUNTRIES = `
United States: us usa u s; u s a; america american; united states
United Kingdom: uk; u k; gb; british; britain; england; english; united kingdom
Australia: au aus australia australian
Canada: ca canada canadian
New Zealand: nz; new zealand
Ireland: ireland irish
South Korea: kr korea korean; south korea; south korean; kdrama; k drama; 한국
Japan: jp japan japanese 日本 日版
China: cn china chinese; cdrama; c drama; 中国
Taiwan: tw taiwan taiwanese
Thailand: thailand thai
India: india indian hindi
Turkey: tr turkey turkish türkiye
Germany: germany german deutschland deutsch
France: fr france french
Spain: es spain spanish españa
Italy: it italy italian italia
Portugal: portugal portuguese
Brazil: br brazil brazilian brasil
Mexico: mx mexico mexican
Argentina: argentina
Colombia: colombia colombian
Netherlands: nl netherlands dutch nederland
Belgium: belgium belgian
Sweden: sweden swedish sverige
Denmark: dk denmark danish danmark
Norway: norway norwegian norge
Finland: finland finnish
Poland: pl poland polish polska
Russia: ru russia russian россия
Ukraine: ukraine ukrainian
Israel: israel israeli
South Africa: za; south africa; south african
Philippines: ph philippines filipino
Indonesia: indonesia indonesian
`

/** The countries, as the catalogue writes them, with the words each goes by. */
export const COUNTRY_WORDS: { country: string; words: string[] }[] = COUNTRIES.trim()
  .split('\n')
  .map((line) => {
    const [country = '', names = ''] = line.split(': ')
    // What has several words is one name between semicolons, else each word is one.
    const [single = '', ...several] = names.split('; ')
    return { country, words: [...single.split(' '), ...several] }
  })
