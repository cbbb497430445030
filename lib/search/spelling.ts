/** Words that are written in several ways ("Doctor", "Dr."; "seven", "7"; "and", "y"), as one. Pure. */
import { fold } from './letters'

/** The one way first, then the others. */
const SAME_WORDS = `
dr doctor doktor
mr mister
mrs missus missis
st saint sankt street
mt mount
ave avenue
rev reverend
gen general
ft fort
vs versus
jr junior
sr senior
gov governor
sgt sergeant
lt lieutenant
capt captain
prof professor
vol volume
no number
dept department
co company
bros brothers
0 zero
1 one uno eins
2 two dos zwei deux duo
3 three tres drei trois
4 four cuatro vier quatre quattro
5 five cinco fünf cinq cinque
6 six seis sechs
7 seven siete sieben sept sette
8 eight ocho acht huit otto
9 nine nueve neun neuf nove
10 ten diez zehn dieci
11 eleven elf undici
12 twelve doce zwölf douze dodici
13 thirteen trece dreizehn treize
14 fourteen
15 fifteen
16 sixteen
17 seventeen
18 eighteen
19 nineteen
20 twenty veinte zwanzig vingt venti
30 thirty
40 forty
50 fifty
60 sixty
70 seventy
80 eighty
90 ninety
100 hundred hundert cien
1000 thousand
1st first
2nd second
3rd third
4th fourth
5th fifth
6th sixth
7th seventh
8th eighth
9th ninth
10th tenth
`

/** "And" between two words, in the languages whose word for it is no other's. */
const AND = new Set(['and', 'und', 'et', 'y', 'e', 'och', 'og', 'en', 've', 'i', 'и', 'ja', 'n'])

const ONE_WAY = new Map(
  SAME_WORDS.trim()
    .split('\n')
    .flatMap((line) => {
      const [one = '', ...others] = line.split(' ').map(fold)
      return others.map((other) => [other, one] as const)
    }),
)
// I, V and X alone are letters as often as numbers.
for (const [i, roman] of 'ii iii iv v vi vii viii ix x xi xii xiii'.split(' ').entries())
  if (roman.length > 1) ONE_WAY.set(roman, String(i + 2))

/** A folded name with each such word in one way; numbers in words as digits ("twenty four" → "24"). */
export function oneSpelling(folded: string): string {
  const words = folded.split(' ')
  const found: string[] = []
  for (const [i, word] of words.entries()) {
    if (i > 0 && i < words.length - 1 && AND.has(word)) found.push('and')
    else {
      const one = ONE_WAY.get(word) ?? word
      const before = found.at(-1) ?? ''
      const isSpelt = word !== one
      // "Twenty four" is 24, "one hundred" is 100; numbers in digits stay apart.
      if (isSpelt && /^[2-9]0$/.test(before) && /^[1-9]$/.test(one)) found[found.length - 1] = before[0] + one
      else if (isSpelt && /^1$/.test(before) && /^10+$/.test(one) && one.length > 2)
        found[found.length - 1] = one
      else found.push(one)
    }
  }
  return found.join(' ')
}
