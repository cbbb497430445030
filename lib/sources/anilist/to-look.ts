/**
 * From AniList's entry to what it says, in our words. An entry is an instalment, not a show: one season, a part of one, a
 * film. Pure.
 *
 * - Which season an entry is, is taken from its own name ("Season 2", "2nd Season", "第2期", and "II" where something came before), or is the first where nothing
 *   came before it. Otherwise nobody can tell, and it is left out with that reason.
 * - A later part or cour of a season ("Part 2", "2nd Cour") is no new season: it says nothing of when that one began.
 * - Dates keep the precision they were said with. Of what is not yet released, a first of January is a year and the first
 *   of a month a month (of 189 start dates that moved in a year of such entries 170 ended in -01), unless the hour of the
 *   first episode is announced; AniList's own quarters (winter is January to March) stand in where there is no more.
 * - The day of an hour is the day where the anime comes from.
 */

import { genresAndTags } from '@/lib/catalogue/words'
import { dayOf } from '@/lib/shared/day'
import { parseEdtf } from '@/lib/shared/edtf'
import { cutSeason } from '@/lib/shared/season-part'
import { zoneOf } from '@/lib/shared/zone'
import { aliasesOf, countryOfCode, dayAt, nameOf, stampAt } from '../fields'
import type { Episode, Look, Read } from '../types'
import { type AnilistMedia, type FuzzyDate, SERIES } from './parse'

const UNRELEASED = 'NOT_YET_RELEASED'
const QUARTERS = {
  WINTER: ['01', '03'],
  SPRING: ['04', '06'],
  SUMMER: ['07', '09'],
  FALL: ['10', '12'],
} as const
const PART =
  /(?:\bpart|\bcour)\s*\.?\s*(\d{1,2}|[ivx]{1,4})\b|\b(\d{1,2})(?:st|nd|rd|th)\s+(?:part|cour)\b|第(\d{1,2})クール/i
const ROMAN: Record<string, number> = { i: 1, ii: 2, iii: 3, iv: 4, v: 5, vi: 6 }

/** A date as precise as its parts, EDTF; null where there is not even a year. */
export function edtfOf(date: FuzzyDate): string | null {
  if (!date?.year) return null
  const two = (part: number) => String(part).padStart(2, '0')
  const { year, month, day } = date
  const text = month ? (day ? `${year}-${two(month)}-${two(day)}` : `${year}-${two(month)}`) : String(year)
  return parseEdtf(text).ok ? text : null
}

/** What was said of the day an instalment begins. */
function premiereOf(media: AnilistMedia, zone: string): string | null {
  const { status, startDate, season, seasonYear, nextAiringEpisode } = media
  const first = nextAiringEpisode?.episode === 1 ? dayAt(nextAiringEpisode.airingAt * 1000, zone) : null
  if (first) return first
  const said = edtfOf(startDate)
  const quarter =
    season && seasonYear ? QUARTERS[season].map((month) => `${seasonYear}-${month}`).join('/') : null
  if (status !== UNRELEASED) return said ?? quarter
  // Not yet released, and a first of something: what was not known was written as 1.
  const known = said?.endsWith('-01-01') ? said.slice(0, 4) : said?.replace(/^(\d{4}-\d\d)-01$/, '$1')
  return known && known.length > 4 ? known : (quarter ?? known ?? null)
}

/** Which part of a season a name says it is; 1 where it says none. */
export function partIn(name: string): number {
  const [, digits, ordinal, cour] = PART.exec(name) ?? []
  const text = (digits ?? ordinal ?? cour ?? '1').toLowerCase()
  return Number(text) || ROMAN[text] || 1
}

const withoutPart = (name: string) =>
  name
    .replace(PART, '')
    .replace(/[\s:,–-]+$/u, '')
    .trim()

/** Names longer than that are not cut: to fold them letter by letter takes longer than an answer may. */
const CUT_LENGTH_MAX = 150
const cut = (name: string) => (name.length > CUT_LENGTH_MAX ? null : cutSeason(withoutPart(name)))

/** The season that an entry is; null for what is none of a series, with the reason. */
export function seasonOf(media: AnilistMedia): Read<{ number: number; part: number }> {
  if (!SERIES.includes(media.format ?? ''))
    return {
      ok: false,
      reason: `is no season: AniList lists it as ${(media.format ?? 'nothing').toLowerCase()}`,
    }
  const names = [media.title.english, media.title.romaji, media.title.native, ...media.synonyms].flatMap(
    (one) => one ?? [],
  )
  const part = Math.max(...names.map(partIn), 1)
  const numbers = names.flatMap((one) => cut(one)?.season ?? [])
  const [named] = numbers
  if (named !== undefined && named >= 1 && named <= 100) return { ok: true, value: { number: named, part } }
  // Of a later part it need not be known which season it belongs to: it says nothing of one.
  if (part > 1) return { ok: true, value: { number: 1, part } }
  if (!media.relations) return { ok: false, reason: 'relations: are missing, and its name has no number' }
  const before = media.relations.edges.some(
    ({ relationType, node }) =>
      relationType === 'PREQUEL' && node.type !== 'MANGA' && SERIES.includes(node.format ?? ''),
  )
  if (!before) return { ok: true, value: { number: 1, part } }
  const [numeral] = names.flatMap(
    (one) => ROMAN[/ ([ivx]{1,4})$/i.exec(withoutPart(one))?.[1]?.toLowerCase() ?? ''] ?? [],
  )
  if (numeral !== undefined && numeral > 1) return { ok: true, value: { number: numeral, part } }
  return {
    ok: false,
    reason: 'which season it is cannot be told: something came before it, and its name has no number',
  }
}

const SOURCES: Record<string, string> = {
  MANGA: 'manga',
  LIGHT_NOVEL: 'light novel',
  NOVEL: 'novel',
  VISUAL_NOVEL: 'visual novel',
  VIDEO_GAME: 'video game',
  WEB_NOVEL: 'web novel',
  ORIGINAL: 'original',
}
const TAG_RANK_MIN = 60

/** An entry's page there. */
export const pageOf = (id: number | string): string => `https://anilist.co/anime/${id}`

/** All that an entry says, or why it says nothing of a season. */
export function toLook(media: AnilistMedia): Read<Look> {
  if (media.isAdult) return { ok: false, reason: 'for adults only: it is not taken in' }
  const which = seasonOf(media)
  if (!which.ok) return which
  const { number, part } = which.value
  const { english, romaji, native } = media.title
  const title = nameOf(english ?? romaji ?? native)
  if (title === null) return { ok: false, reason: 'title: is missing' }
  const country = countryOfCode(media.countryOfOrigin)
  const zone = zoneOf(country)
  const url = pageOf(media.id)
  const isOver = media.status === 'FINISHED'
  const isStopped = media.status === 'CANCELLED'
  const hasSequel = (media.relations?.edges ?? []).some(
    ({ relationType, node }) => relationType === 'SEQUEL' && SERIES.includes(node.format ?? ''),
  )
  const { genres } = genresAndTags(media.genres)
  const base = cut(title)?.title ?? withoutPart(title)
  const next = media.nextAiringEpisode
  const whole = part === 1
  const episodes: Episode[] =
    next && whole
      ? [
          {
            season: number,
            number: next.episode,
            name: null,
            day: dayAt(next.airingAt * 1000, zone),
            at: stampAt(next.airingAt * 1000, zone),
            minutes: media.duration || null,
          },
        ]
      : []
  return {
    ok: true,
    value: {
      id: String(media.id),
      url,
      updatedOn: media.updatedAt ? dayOf(new Date(media.updatedAt * 1000)) : null,
      whole: whole ? [number] : [],
      isOver,
      // Its word is of the instalment: of several the newest one's is the show's.
      label: hasSequel ? null : (media.status ?? null),
      network: null,
      country,
      began: number === 1 && whole ? premiereOf(media, zone) : null,
      ended: null,
      seasons:
        whole && !isStopped
          ? [
              {
                number,
                name: null,
                premiere: premiereOf(media, zone),
                finale: isOver ? edtfOf(media.endDate) : null,
                episodes: isOver ? media.episodes : null,
                url,
              },
            ]
          : [],
      episodes,
      record: {
        ids: { anilist: String(media.id), ...(media.idMal ? { mal: String(media.idMal) } : {}) },
        title: base || title,
        original_title: native === title ? null : native,
        aliases: aliasesOf([title, english, romaji, native, ...media.synonyms], base || title, native),
        kind: 'anime',
        language: country === 'Japan' ? 'Japanese' : null,
        genres,
        tags: media.tags
          .filter(
            (tag) =>
              (tag.rank ?? 0) >= TAG_RANK_MIN && !tag.isMediaSpoiler && !tag.isGeneralSpoiler && !tag.isAdult,
          )
          .map(({ name }) => name.toLowerCase())
          .slice(0, 60),
        source_material: (Object.hasOwn(SOURCES, media.source ?? '') && SOURCES[media.source ?? '']) || null,
        rating: media.averageScore ? media.averageScore / 10 : null,
      },
    },
  }
}
