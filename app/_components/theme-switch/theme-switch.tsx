'use client'

import { useSyncExternalStore } from 'react'
import styles from './theme-switch.module.css'

const THEMES = ['system', 'light', 'dark'] as const
type Theme = (typeof THEMES)[number]

const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const current = (): Theme => {
  const chosen = document.documentElement.dataset.theme
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system'
}

function choose(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    if (theme === 'system') localStorage.removeItem('theme')
    else localStorage.setItem('theme', theme)
  } catch {
    // Storage is closed to us: the choice holds for this page.
  }
  for (const listener of listeners) listener()
}

/** Light, dark, or as the system has it; kept in this browser only. */
export function ThemeSwitch() {
  const theme = useSyncExternalStore(subscribe, current, (): Theme => 'system')
  return (
    <fieldset className={styles.switch}>
      <legend className="visually-hidden">Light or dark</legend>
      {THEMES.map((name) => (
        <label key={name}>
          <input
            type="radio"
            name="theme"
            value={name}
            checked={theme === name}
            onChange={() => choose(name)}
          />
          <span>{name === 'system' ? 'System' : name === 'light' ? 'Light' : 'Dark'}</span>
        </label>
      ))}
    </fieldset>
  )
}
