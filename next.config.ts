import type { NextConfig } from 'next'

/**
 * What is Next's own business. Addresses, methods, headers, caching, packing and refusals are the server's before it
 * (lib/edge), which runs in development, in tests and in production.
 */
const config: NextConfig = {
  // The browser tests build beside a running site, not over it.
  distDir: process.env.GREENLIT_DIST ?? '.next',
  // `npm start` need not prove again what `npm test` proves; a plain `next build` still does.
  typescript: { ignoreBuildErrors: process.env.GREENLIT_SKIP_TYPES === '1' },
  // Pages are kept whole by lib/edge, in memory and bounded; nothing is kept here, nor on disk.
  cacheMaxMemorySize: 0,
  compress: false,
  generateEtags: false,
  // A page's head belongs in its head, whoever asks, the faces it asks for first among it: a browser waits a moment
  // with drawing for those, and not for what a header names.
  htmlLimitedBots: /.*/,
  reactMaxHeadersLength: 0,
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
    // The first start waits for the cache to be written, and what changed is rarely built twice.
    turbopackFileSystemCacheForBuild: false,
  },
}

export default config
