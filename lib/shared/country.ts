/** A country's name as a sentence has it: "the United States", "Japan". */
export function countryInProse(name: string): string {
  return /^(United |Netherlands|Philippines|Czech Republic|Bahamas)/.test(name) ? `the ${name}` : name
}
