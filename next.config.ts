import type { NextConfig } from 'next'

// A browser also asks form-action about where a form's answer sends it: on to a configured provider.
const providers = [
  process.env.AUTH_GITHUB_ID ? ' https://github.com' : '',
  process.env.AUTH_GOOGLE_ID ? ' https://accounts.google.com' : '',
].join('')

const contentSecurityPolicy = [
  "default-src 'self'",
  // Next writes small inline scripts, and a nonce would make every page dynamic. Pages that leave without them
  // (lib/shared/plain-pages) leave without this permission.
  `script-src 'self' 'unsafe-inline'${process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  `form-action 'self'${providers}`,
  "frame-ancestors 'none'",
].join('; ')

// Letters and digits of any script; not ASCII's signs, controls, what turns the text around, or half a character.
const SLUG =
  '(?!-)[^\\s\\x00-,./:-@\\[-`{-\\xa0\\xad\\u200b-\\u200f\\u2028-\\u202f\\u2060-\\u206f\\ufeff\\ufff0-\\uffff]{1,80}'
/** What a list's parameters look like; lib/catalogue/browse.ts reads them. */
const LIST_PARAMETERS: Record<string, string> = {
  genre: SLUG,
  country: SLUG,
  network: SLUG,
  kind: SLUG,
  tag: SLUG,
  person: '.{1,200}',
  status: '(?:returning|final-season|ended|cancelled|unknown)',
  lamp: '(?:coming|ordered|silent|cancelled|ended)',
  sort: '(?:popular|title|newest|next)',
  // Base64url of `[1,"…` or `[0,"…`, whole up to its `]`, as writeCursor makes it.
  cursor: 'Wz[EA]sI[\\w-]{3}(?:[\\w-]{4}){0,246}(?:[\\w-]{3}d|XQ|[\\w-][FVl1]0)',
}

// A page that reads its query has sent its status before it can refuse; these refusals are made before it begins.
const refusals = [
  ...Object.entries(LIST_PARAMETERS).map(([key, value]) => ({
    source: '/shows',
    has: [{ type: 'query' as const, key }],
    missing: [{ type: 'query' as const, key, value }],
    destination: '/refused/list',
  })),
  {
    source: '/shows',
    // The lists that are not in the order of a text or a day go on from a number.
    has: [{ type: 'query' as const, key: 'cursor', value: 'Wz[EA]sI[^ij].*' }],
    missing: [{ type: 'query' as const, key: 'sort', value: '(?:title|newest|next)' }],
    destination: '/refused/list',
  },
  // The dials of a reader's list; lib/related/dials.ts reads them.
  ...['fame', 'length'].map((key) => ({
    source: '/following/for-you',
    has: [{ type: 'query' as const, key }],
    missing: [{ type: 'query' as const, key, value: '(?:-[12]|[0-2])' }],
    destination: '/refused/dials',
  })),
  {
    source: '/search',
    has: [{ type: 'query' as const, key: 'q', value: '[^]{201,}' }],
    destination: '/refused/search',
  },
]

const IMPORT_ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const IMPORT_PAGE = `/following/import/:id(${IMPORT_ID})`

// Pages of whoever follows, and those that need an account.
const PRIVATE_PAGES: [path: string, cookies: string[]][] = [
  ['/following', ['session', 'basket']],
  ['/following/for-you', ['session', 'basket']],
  ['/following/import', ['session']],
  [IMPORT_PAGE, ['session']],
  ['/following/:slug((?!import/)[^/]+)/:n', ['session', 'basket']],
  ['/settings', ['session']],
  ['/settings/notices', ['session', 'basket']],
  ['/studio/deliveries', ['session']],
]

const config: NextConfig = {
  // The browser tests build beside a running site, not over it.
  distDir: process.env.GREENLIT_DIST ?? '.next',
  // `npm start` need not prove again what `npm test` proves; a plain `next build` still does.
  typescript: { ignoreBuildErrors: process.env.GREENLIT_SKIP_TYPES === '1' },
  cacheComponents: true,
  // True answers unknown shows with a soft 404 at the first visit; tests/journeys keeps watch.
  partialPrefetching: false,
  cacheHandler: new URL('./lib/shared/cache-tags.mjs', import.meta.url).pathname,
  cacheMaxMemorySize: 256 * 1024 * 1024,
  images: { unoptimized: true },
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: [
    'postgres',
    'graphile-worker',
    'pg',
    'rate-limiter-flexible',
    'nodemailer',
    'web-push',
  ],
  experimental: {
    serverActions: { bodySizeLimit: '100kb' },
    // The first start waits for the cache to be written, and what changed is rarely built twice.
    turbopackFileSystemCacheForBuild: false,
  },
  // A page that waits for the request has sent its 200 before it knows who asks: what needs another status is
  // settled here. The pages themselves check again and show nothing to whom nothing is due.
  redirects: async () =>
    PRIVATE_PAGES.map(([source, cookies]) => ({
      source,
      missing: cookies
        .flatMap((name) => [`greenlit-${name}`, `__Host-greenlit-${name}`])
        .map((key) => ({
          type: 'cookie' as const,
          key,
        })),
      destination: `/sign-in?returnTo=${source.replace(/\/:slug.*/, '').replace(/\(.*/, '')}`,
      permanent: false,
    })),
  rewrites: async () => ({
    beforeFiles: [
      ...refusals,
      // What is no import's id has no page, whoever asks.
      { source: `/following/import/:id((?!${IMPORT_ID}$).*)`, destination: '/nothing-here' },
      ...[
        { type: 'header' as const, key: 'x-greenlit-peer', value: '(?:::ffff:)?127\\..*|::1' },
        { type: 'host' as const, value: 'localhost|127\\.0\\.0\\.1|\\[::1\\]' },
        ...(process.env.SMTP_URL || process.env.EMAIL_SERVER || process.env.GREENLIT_MAILBOX === 'off'
          ? [{ type: 'header' as const, key: 'x-greenlit-never' }]
          : []),
      ].map((needed) => ({ source: '/mailbox', missing: [needed], destination: '/nothing-here' })),
    ],
    afterFiles: [],
    fallback: [],
  }),
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'Content-Security-Policy', value: contentSecurityPolicy },
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
        { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
        { key: 'Strict-Transport-Security', value: 'max-age=31536000; includeSubDomains' },
        { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()' },
      ],
    },
    ...['/unsubscribe/:path*', '/api/unsubscribe/:path*', '/follow/confirm/:path*'].map((source) => ({
      source,
      headers: [{ key: 'Referrer-Policy', value: 'no-referrer' }],
    })),
    // Small and many: asked for again at every page they would be most of its requests.
    ...['/theme.js', '/islands/:path*'].map((source) => ({
      source,
      headers: [{ key: 'Cache-Control', value: 'public, max-age=600' }],
    })),
    // A browser must find a new worker at once.
    { source: '/sw.js', headers: [{ key: 'Cache-Control', value: 'no-cache' }] },
    { source: '/sign-in/:path*', headers: [{ key: 'Referrer-Policy', value: 'no-referrer' }] },
    { source: '/feeds/:path*', headers: [{ key: 'Referrer-Policy', value: 'no-referrer' }] },
  ],
}

export default config
