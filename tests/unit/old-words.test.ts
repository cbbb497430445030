import { expect, it } from 'vitest'
import { oldWords } from '@/db/old-words'

// Written down by hand, not worked out: these are the words that stand in the rows of the release before.
it.each([
  ['2027-03-14', '14 March 2027'],
  ['2027-03', 'March 2027'],
  ['2027-03-XX', 'March 2027'],
  ['2027', '2027'],
  ['2027~', 'about 2027'],
  ['2027?', 'perhaps 2027'],
  ['2027-03-14%', 'perhaps about 14 March 2027'],
  ['2027-21', 'spring 2027'],
  ['2027-25', 'spring 2027'],
  ['2027-24', 'winter 2027'],
  ['2027-30', 'southern summer 2027'],
  ['2027-34', 'second quarter of 2027'],
  ['2027-Q2', 'second quarter of 2027'],
  ['2027-39', 'last third of 2027'],
  ['2027-40', 'first half of 2027'],
  ['2023-10/2024-03', 'late 2023 or early 2024'],
  ['2023-09/2024-03', 'September 2023 – March 2024'],
  ['2023-10~/2024-03', 'about October 2023 – March 2024'],
  ['2027-04/2027-06', 'April – June 2027'],
  ['2027-04-03/2027-04-09', '3 – 9 April 2027'],
  ['2027-04-03/2027-05-09', '3 April – 9 May 2027'],
  ['2027-03-14/2027', '14 March 2027 – end of 2027'],
  ['2027/2027-06', 'by June 2027'],
  ['2027-03/2027-03', 'March 2027'],
  ['2027/2028', '2027 – 2028'],
  ['2026-23/2027-21', 'autumn 2026 – spring 2027'],
  ['Ann Lee', ''],
  ['2027-42', ''],
  ['2027/', ''],
  ['', ''],
])('the last release wrote %s as "%s"', (edtf, words) => {
  expect(oldWords(edtf)).toBe(words)
})
