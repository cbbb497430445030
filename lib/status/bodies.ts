/**
 * Those who can announce a date: the networks and services that show series, by the names the press credits.
 * A press report that credits one of them repeats an announcement; one that credits nobody is the outlet's own guess.
 */
const BODIES =
  /^(netflix|hbo|max|hbo max|warner bros|amazon|prime video|mgm|paramount|cbs|showtime|peacock|nbc|hulu|fx|disney|disney apac|marvel|apple|amc|tvn|cj enm|sbs|kbs|mbc|jtbc|tving|wavve|ocn|studio dragon|crunchyroll|toho|kadokawa|jump festa|animejapan|bbc|itv|channel 4|sky|starz|syfy|riot)\b/i

/** True where the credited name is a network, service or rights holder, not another outlet. */
export function isOfficialBody(citing: string | null): boolean {
  return citing !== null && BODIES.test(citing.trim())
}
