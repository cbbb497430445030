import styles from './theme-switch.module.css'

const THEMES = { system: 'System', light: 'Light', dark: 'Dark' }

/** Light, dark, or as the system has it: public/islands/theme.js keeps the choice in this browser. */
export function ThemeSwitch() {
  return (
    <fieldset className={styles.switch} data-island="theme">
      <legend className="visually-hidden">Light or dark</legend>
      {Object.entries(THEMES).map(([theme, name]) => (
        <label key={theme}>
          <input type="radio" name="theme" value={theme} defaultChecked={theme === 'system'} />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  )
}
