# One image for the site, the worker, migrations and the command line. Any Debian with Node 20.19 or newer will do as base.
ARG BASE=docker.io/library/node:22-bookworm-slim

FROM ${BASE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY patches ./patches
# No package's own script runs; the driver's patch is applied by hand.
RUN npm ci --omit=dev --ignore-scripts && npx --no-install patch-package

FROM packages AS build
COPY . .
# Built without a database: pages are made when they are first asked for. Types were proved by `npm test`.
ENV NEXT_TELEMETRY_DISABLED=1 GREENLIT_SKIP_TYPES=1
RUN npx --no-install next build && rm -rf .next/cache

FROM ${BASE}
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 GREENLIT_HOST=0.0.0.0 PORT=3000 MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=build /app ./
# Nobody in particular, by number, so that the base need not know a name. Only the built pages can be written.
RUN chown -R 10001:10001 .next
USER 10001:10001
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# What `npm run serve` runs, without npm between: npm and its shell keep a SIGTERM to themselves, and the site would be
# cut off instead of finishing its answers.
CMD ["node", "--max-old-space-size=256", "--import", "tsx", "lib/edge/serve.ts"]
