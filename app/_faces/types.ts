/** The content types of the faces that programs read. */
export const ATOM = 'application/atom+xml; charset=utf-8'
export const JSON_FEED = 'application/feed+json; charset=utf-8'
export const CALENDAR = 'text/calendar; charset=utf-8'
