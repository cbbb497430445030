'use client'

import { useEffect, useState } from 'react'

/** Tells a form the browser's time zone, so that mornings are mornings; without JavaScript it tells nothing. */
export function ZoneField() {
  const [zone, setZone] = useState('')
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone ?? ''), [])
  return zone ? <input type="hidden" name="zone" value={zone} /> : null
}
