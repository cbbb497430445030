/**
 * A reader of Prometheus's text format 0.0.4, as its documentation words it ("Exposition formats"): strict, so that a
 * text it takes is one that Prometheus takes.
 */

/** One sample. */
export interface Sample {
  name: string
  labels: Record<string, string>
  value: number
}

/** One metric with what stands under it. */
export interface Family {
  name: string
  type: string
  help: string
  samples: Sample[]
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*/
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|(?=\}))/
const VALUE = /^(?:[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|[-+]Inf|NaN)$/

function readSample(line: string): Sample {
  const name = NAME.exec(line)?.[0]
  if (!name) throw new Error(`no name: ${line}`)
  let rest = line.slice(name.length)
  const labels: Record<string, string> = {}
  if (rest.startsWith('{')) {
    rest = rest.slice(1)
    while (!rest.startsWith('}')) {
      const [whole, label, value] = LABEL.exec(rest) ?? []
      if (!whole || !label) throw new Error(`no label at "${rest}": ${line}`)
      if (label in labels) throw new Error(`label twice: ${line}`)
      labels[label] = value!.replace(/\\(.)/g, (_, sign) => (sign === 'n' ? '\n' : sign))
      rest = rest.slice(whole.length)
    }
    rest = rest.slice(1)
  }
  const [, value] = /^ (\S+)$/.exec(rest) ?? []
  if (!value || !VALUE.test(value)) throw new Error(`no value: ${line}`)
  return { name, labels, value: Number(value.replace('Inf', 'Infinity')) }
}

/** Reads a whole answer. @throws with a sentence where it is not in the format */
export function readExposition(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line must end')
  const families = new Map<string, Family>()
  let current: Family | undefined
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const [, keyword, name, words] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? []
    if (keyword && name) {
      if (current?.name !== name) {
        if (families.has(name)) throw new Error(`${name} stands in two places`)
        current = { name, type: 'untyped', help: '', samples: [] }
        families.set(name, current)
      }
      if (keyword === 'HELP') current!.help = words!
      else if (!/^(counter|gauge|histogram|summary|untyped)$/.test(words!))
        throw new Error(`unknown type: ${line}`)
      else current!.type = words!
      continue
    }
    if (line.startsWith('#')) continue
    const sample = readSample(line)
    const family: string =
      current?.type === 'histogram' ? sample.name.replace(/_(bucket|sum|count)$/, '') : sample.name
    if (current?.name !== family) throw new Error(`${sample.name} stands under ${current?.name}`)
    current.samples.push(sample)
  }
  return families
}
