/** Whoever is asking. */
export interface Viewer {
  id: string
  email: string
  role: 'reader' | 'editor' | 'operator'
}
