/**
 * How well-known anime are called in Japanese, in Latin letters, where the sets give only the name they have abroad:
 * common knowledge, by hand. Keyed by that name.
 */
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

const byName = new Map(
  READINGS.trim()
    .split('\n')
    .map((line): [string, string] => {
      const [name = '', reading = ''] = line.split('=')
      return [name.toLowerCase(), reading]
    }),
)

/** What a Japanese show is called at home, in Latin letters, by the name it has abroad. */
export const readingOf = (title: string): string | undefined => byName.get(title.toLowerCase())
