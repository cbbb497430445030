const DIGITS = '〇一二三四五六七八九'

/** The number that Chinese numerals write, up to 99; -1 for what is none. Pure. */
export function hanNumber(text: string): number {
  if (!text.includes('十')) return DIGITS.indexOf(text)
  const [tens = '', ones = ''] = text.split('十')
  return (tens ? DIGITS.indexOf(tens) : 1) * 10 + (ones ? DIGITS.indexOf(ones) : 0)
}
