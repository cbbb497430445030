import type { MetadataRoute } from 'next'

/** What the site is called and looks like once it is installed. */
export default function manifest(): MetadataRoute.Manifest {
  const icon = (size: 192 | 512, purpose: 'any' | 'maskable') => ({
    src: `/icons/${purpose === 'any' ? 'lamp' : 'maskable'}-${size}.png`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  })
  return {
    id: '/',
    name: 'Greenlit: is my show coming back?',
    short_name: 'Greenlit',
    description: 'Is my show coming back, when, and what should I watch until then?',
    start_url: '/following',
    scope: '/',
    display: 'standalone',
    background_color: '#f6f1e6',
    theme_color: '#f6f1e6',
    lang: 'en',
    icons: [icon(192, 'any'), icon(512, 'any'), icon(192, 'maskable'), icon(512, 'maskable')],
    shortcuts: [
      { name: 'Following', url: '/following' },
      { name: 'Calendar', url: '/calendar' },
    ],
  }
}
