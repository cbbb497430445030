/** One line of an NDJSON file, read at the door. */

/**
 * The value of a line. A line longer than `lengthMax` characters, half a line and anything that is no JSON are
 * refused with a sentence fit for the person who wrote the file.
 */
export function readJsonLine(
  line: string,
  lengthMax: number,
): { ok: true; value: unknown } | { ok: false; problem: string } {
  if (line.length > lengthMax)
    return { ok: false, problem: `the line is longer than ${lengthMax} characters` }
  try {
    return { ok: true, value: JSON.parse(line) }
  } catch {
    const cut = line.trimStart().startsWith('{') && !line.trimEnd().endsWith('}')
    return {
      ok: false,
      problem: cut ? 'the line is cut off: it is half of a JSON object' : 'the line is not JSON',
    }
  }
}
