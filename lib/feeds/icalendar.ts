/** iCalendar (RFC 5545): CRLF lines, folded at 75 octets between characters, all-day events only. */
import { addDays } from '@/lib/shared/day'
import type { CalendarEntry } from './types'
import { cleanLine } from './xml'

const LINE_OCTETS_MAX = 75

/** A text value: backslash, semicolon, comma and line end escaped. */
export function escapeText(text: string): string {
  return cleanLine(text).replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,')
}

/** One content line as the lines it takes, each at most 75 octets. */
export function foldLine(line: string): string {
  let out = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > LINE_OCTETS_MAX) {
      out += '\r\n '
      octets = 1
    }
    out += character
    octets += size
  }
  return out
}

const basic = (text: string) => text.replace(/[-:]/g, '')

/** How long a calendar may be kept before it is asked for again. */
const KEEP = 'PT12H'

/** A calendar named `name` with its entries, each all-day: a day was said, not an hour. */
export function writeCalendar(name: string, entries: CalendarEntry[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Greenlit//Premieres//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escapeText(name)}`,
    `X-WR-CALNAME:${escapeText(name)}`,
    `REFRESH-INTERVAL;VALUE=DURATION:${KEEP}`,
    `X-PUBLISHED-TTL:${KEEP}`,
    ...entries.flatMap((entry) => [
      'BEGIN:VEVENT',
      `UID:${entry.uid}`,
      `DTSTAMP:${basic(entry.changedAt)}`,
      `LAST-MODIFIED:${basic(entry.changedAt)}`,
      `SEQUENCE:${entry.sequence}`,
      `DTSTART;VALUE=DATE:${basic(entry.first)}`,
      // The end is the day after the last (RFC 5545, 3.6.1).
      `DTEND;VALUE=DATE:${basic(addDays(entry.last, 1))}`,
      `STATUS:${entry.status}`,
      'TRANSP:TRANSPARENT',
      `SUMMARY:${escapeText(entry.summary)}`,
      `DESCRIPTION:${escapeText(entry.description)}`,
      `URL:${entry.url}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return `${lines.map(foldLine).join('\r\n')}\r\n`
}
