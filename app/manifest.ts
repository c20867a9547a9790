import type { MetadataRoute } from 'next';

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Fortytick',
    short_name: 'Fortytick',
    description: 'Is the 40-tick side bet worth it, tick by tick.',
    start_url: '/',
    display: 'standalone',
    background_color: '#080d0e',
    theme_color: '#080d0e',
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
    ],
  };
}
