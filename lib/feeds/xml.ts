/** Writes XML that is well-formed by construction: everything that is not markup passes through `escapeXml`. */
import { hasUnsafeCharacters, withoutUnsafeCharacters } from '@/lib/shared/text'

/** An element; null children are left out. */
export interface XmlElement {
  name: string
  attributes: Readonly<Record<string, string>>
  children: readonly (XmlElement | string | null)[]
}

/** An element of a name, attributes and children. */
export function el(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (XmlElement | string | null)[]
): XmlElement {
  return { name, attributes, children }
}

const NAME = /^[A-Za-z][\w:.-]*$/

/** Text fit for element content and attributes. Throws on control and bidi characters: say what to do with them first. */
export function escapeXml(text: string): string {
  if (hasUnsafeCharacters(text)) throw new Error('a control or bidi character cannot be written to XML')
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
    .replace(/[\t\r\n]/g, (space) => `&#${space.charCodeAt(0)};`)
}

function write({ name, attributes, children }: XmlElement): string {
  if (!NAME.test(name)) throw new Error(`${JSON.stringify(name)} is not an element name`)
  const start = Object.entries(attributes)
    .map(([key, value]) => {
      if (!NAME.test(key)) throw new Error(`${JSON.stringify(key)} is not an attribute name`)
      return ` ${key}="${escapeXml(value)}"`
    })
    .join('')
  const inner = children
    .filter((child) => child !== null)
    .map((child) => (typeof child === 'string' ? escapeXml(child) : write(child)))
  return inner.length > 0 ? `<${name}${start}>${inner.join('')}</${name}>` : `<${name}${start}/>`
}

/** A whole document in UTF-8. */
export function writeXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${write(root)}\n`
}

/** Foreign text as one clean line, the form every face prints. */
export function cleanLine(text: string): string {
  return withoutUnsafeCharacters(text).replace(/\s+/gu, ' ').trim()
}
