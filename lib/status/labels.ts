/**
 * What a provider's own word for a show means. Each provider is read by its own table: "FINISHED" at AniList speaks of
 * one instalment, "Ended" at TVmaze of the show. The raw word is kept and shown; this is only how far it carries. Pure.
 */
import type { Day } from '@/lib/shared/day'
import { parseEdtf } from '@/lib/shared/edtf'
import type { Label, ShowFacts } from './types'

/** What a label says: of a show, or of the one instalment (season) that the provider lists it under. */
export interface Reading {
  of: 'show' | 'season'
  says: 'finished' | 'running' | 'undecided' | 'coming' | 'paused'
  /** The word in English, where the provider's own is not. */
  english?: string
}

const show = (says: Reading['says'], english?: string): Reading => ({
  of: 'show',
  says,
  ...(english ? { english } : {}),
})
const season = (says: Reading['says'], english?: string): Reading => ({
  of: 'season',
  says,
  ...(english ? { english } : {}),
})

const labelKey = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '')

/** By provider and label, both in lower case, labels without anything but letters. */
const READINGS: Record<string, Record<string, Reading>> = {
  // https://www.tvmaze.com/api: status of a show.
  tvmaze: {
    ended: show('finished'),
    running: show('running'),
    tobedetermined: show('undecided'),
    indevelopment: show('coming'),
  },
  // https://developer.themoviedb.org: "Canceled" is the word of whoever edited the page last, no network's.
  tmdb: {
    ended: show('finished'),
    canceled: show('finished'),
    returningseries: show('running'),
    planned: show('coming'),
    inproduction: show('coming'),
    pilot: show('coming'),
  },
  // https://docs.anilist.co: MediaStatus, of one instalment.
  anilist: {
    finished: season('finished'),
    releasing: season('running'),
    notyetreleased: season('coming'),
    cancelled: season('undecided'),
    hiatus: season('paused', 'on hiatus'),
  },
  // https://myanimelist.net/apiconfig/references: status of one entry.
  myanimelist: {
    finishedairing: season('finished'),
    currentlyairing: season('running'),
    notyetaired: season('coming'),
  },
  // https://tr.wikipedia.org, infoboxes of series; letters outside a to z fall away in comparing.
  turkishwikipedia: {
    [labelKey('Sona erdi')]: show('finished', 'ended'),
    [labelKey('Yayından kaldırıldı')]: show('finished', 'taken off the air'),
    [labelKey('Devam ediyor')]: show('running', 'running'),
    [labelKey('Sezon arası')]: show('paused', 'between seasons'),
    [labelKey('Ara verdi')]: show('paused', 'paused'),
  },
  bangumi: { finished: season('finished'), airing: season('running') },
}

/** How a provider's label is read; null where we do not know the provider or its word. */
export function readLabel(provider: string, label: string): Reading | null {
  const [name, word] = [labelKey(provider), labelKey(label)]
  const table = Object.hasOwn(READINGS, name) ? READINGS[name] : undefined
  return (table && Object.hasOwn(table, word) ? table[word] : undefined) ?? null
}

/** A provider's word within an English sentence: as it is, or what it means with the word itself beside it. */
export function labelWords({ provider, label }: Label): string {
  const english = readLabel(provider, label)?.english
  return english ? `${english} (“${label}”)` : label.toLowerCase()
}

/** The first and last day on which a provider may have said it. */
export function labelWindow({ asOf, seenOn }: Label): { earliest: Day; latest: Day } {
  const parsed = parseEdtf(asOf)
  return parsed.ok ? parsed.window : { earliest: seenOn, latest: seenOn }
}

/**
 * The newest label that speaks of the whole show, with its reading; between labels of one day the provider whose name
 * comes first. Null where there is none that we can read.
 */
export function newestLabel({ labels }: ShowFacts): { label: Label; says: Reading['says'] } | null {
  const read = labels.flatMap((label) => {
    const reading = readLabel(label.provider, label.label)
    return reading?.of === 'show' ? [{ label, says: reading.says }] : []
  })
  return (
    read.sort(
      (a, b) =>
        labelWindow(b.label).latest.localeCompare(labelWindow(a.label).latest) ||
        a.label.provider.localeCompare(b.label.provider),
    )[0] ?? null
  )
}

/** Words of a provider that leave a show's future open. */
const OPEN = new Set<Reading['says']>(['running', 'undecided', 'coming', 'paused'])

/**
 * What the newest label says of a show's future, where it leaves that open; for want of one, that an instalment of it
 * is paused. Null where nobody says, or the show is listed as finished.
 */
export function futureLabel(show: ShowFacts): Label | null {
  const newest = newestLabel(show)
  if (newest) return OPEN.has(newest.says) ? newest.label : null
  return (
    show.labels.find(({ provider, label }) => {
      const reading = readLabel(provider, label)
      return reading?.of === 'season' && reading.says === 'paused'
    }) ?? null
  )
}

/** Programmes whose next episode comes as a matter of course: to ask whether they return is the wrong question. */
const COURSE_KINDS = new Set(['talk', 'news', 'game', 'variety'])
const COURSE_GENRES = new Set(['Soap', 'Soap Opera', 'Daily'].map(labelKey))
/** Of a story they name only what it is about: *Ted Lasso* is no sport. */
const FACTUAL_COURSE_GENRES = new Set(
  ['Talk Show', 'Talk', 'News', 'Sports', 'Game Show', 'Competition'].map(labelKey),
)
const STORIES = new Set(['scripted', 'animation', 'anime'])

/** True for soaps, daily and talk shows, news, sport, games and competitions. */
export const comesAsAMatterOfCourse = ({ kind, genres }: Pick<ShowFacts, 'kind' | 'genres'>): boolean =>
  COURSE_KINDS.has(kind) ||
  genres.some(
    (genre) =>
      COURSE_GENRES.has(labelKey(genre)) ||
      (!STORIES.has(kind) && FACTUAL_COURSE_GENRES.has(labelKey(genre))),
  )
