import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { siteUrl } from '@/lib/shared/site'
import './globals.css'
import { Awake } from './_components/awake'
import { SiteFooter } from './_components/site-footer/site-footer'
import { SiteHeader } from './_components/site-header/site-header'
import { fontClasses } from './fonts'

/** Every page is made for the request that asks; what is made is kept by the server before Next (lib/edge). */
export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
  metadataBase: new URL(siteUrl()),
  title: { default: 'Greenlit: is my show coming back?', template: '%s · Greenlit' },
  description:
    'Is my show coming back, when, and what should I watch until then? Every answer dated, with the source behind it.',
  icons: { icon: { url: '/lamps/coming.svg', type: 'image/svg+xml' }, apple: '/icons/apple-180.png' },
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f1e6' },
    { media: '(prefers-color-scheme: dark)', color: '#131210' },
  ],
}

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // theme.js sets data-theme before React wakes.
    <html lang="en" className={fontClasses} suppressHydrationWarning>
      <head>
        {/* It must run before the first paint; a deferred script would let the wrong theme flash. */}
        <script src="/theme.js" />
        <script type="module" src="/islands/start.js" async />
      </head>
      <body>
        <a href="#main" className="skip-link">
          Skip to the page
        </a>
        <SiteHeader />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <SiteFooter />
        <Awake />
      </body>
    </html>
  )
}
