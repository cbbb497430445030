/** Names that everybody knows and no set gives: common knowledge, by hand. Each beside the title it belongs to. */

/** How well-known anime are called in Japanese, in Latin letters, where the sets give only the name they have abroad. */
const READINGS = `
Fullmetal Alchemist=Hagane no Renkinjutsushi
Fullmetal Alchemist: Brotherhood=Hagane no Renkinjutsushi
Highschool of the Dead=Gakuen Mokushiroku
Mobile Suit Gundam=Kidou Senshi Gundam
Mobile Suit Zeta Gundam=Kidou Senshi Zeta Gundam
Mobile Suit Gundam ZZ=Kidou Senshi Gundam ZZ
Mobile Suit Gundam Seed=Kidou Senshi Gundam Seed
Mobile Suit Victory Gundam=Kidou Senshi Victory Gundam
Mobile Suit Gundam Wing=Shin Kidou Senki Gundam Wing
Mobile Fighter G Gundam=Kidou Butouden G Gundam
After War Gundam X=Kidou Shin Seiki Gundam X
Detective Conan=Meitantei Conan
Legend of the Galactic Heroes=Ginga Eiyuu Densetsu
Record of Ragnarok=Shuumatsu no Valkyrie
The Way of the Househusband=Gokushufudou
Psychic Kusuo=Saiki Kusuo no Psi-nan
The Rose of Versailles=Versailles no Bara
Bleach: Thousand-Year Blood War=Bleach: Sennen Kessen-hen
Ghost in the Shell: Stand Alone Complex=Koukaku Kidoutai: Stand Alone Complex
Ghost in the Shell: SAC_2045=Koukaku Kidoutai: SAC_2045
Neon Genesis Evangelion=Shinseiki Evangelion
Yu-Gi-Oh! Duel Monsters=Yuugiou Duel Monsters
Saint Seiya=Seinto Seiya
`

/** How a show is called for short, where its initials are not that. */
const NICKNAMES = `
Brooklyn Nine-Nine=B99
Chainsaw Man=CSM
Fullmetal Alchemist: Brotherhood=FMAB
Fullmetal Alchemist: Brotherhood=FMA Brotherhood
Fullmetal Alchemist=FMA
Is It Wrong to Try to Pick Up Girls in a Dungeon?=DanMachi
Jujutsu Kaisen=JJK
My Teen Romantic Comedy SNAFU=OreGairu
Outer Banks=OBX
Star Trek: Deep Space Nine=DS9
Supernatural=SPN
That Time I Got Reincarnated as a Slime=TenSura
The Mandalorian=Mando
`

const namesIn = (list: string): [title: string, name: string][] =>
  list
    .trim()
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf('=')).toLowerCase(), line.slice(line.indexOf('=') + 1)])
const readings = namesIn(READINGS)
const nicknames = namesIn(NICKNAMES)

/** The names a show of this title is known by besides, those in Japanese where it is a Japanese show. */
export function alsoKnownAs(title: string, language: string | undefined): string[] {
  const names = language === 'Japanese' ? [...readings, ...nicknames] : nicknames
  return names.filter(([of]) => of === title.toLowerCase()).map(([, name]) => name)
}
