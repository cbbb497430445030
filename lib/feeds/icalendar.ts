/** iCalendar (RFC 5545): CRLF lines, folded at 75 octets between characters, all-day events only. */
import type { CalendarDay } from './types'
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

const basic = (day: string) => day.replaceAll('-', '')

/** A calendar named `name` with one all-day event a day. */
export function writeCalendar(name: string, days: CalendarDay[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Greenlit//Premieres//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT12H',
    ...days.flatMap((entry) => [
      'BEGIN:VEVENT',
      `UID:${entry.uid}`,
      `DTSTAMP:${basic(entry.stamp)}T000000Z`,
      `SEQUENCE:${entry.sequence}`,
      // A date alone lasts one day (RFC 5545, 3.6.1).
      `DTSTART;VALUE=DATE:${basic(entry.day)}`,
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
