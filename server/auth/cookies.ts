// The cookies of a sign-in: the token, which no script can read, and a hint without secrets for scripts that want to know
// whether asking is worth while. Both go to this site only, and never along when another site leads here.
import { HINT_COOKIE, SECURE_SIGN_IN_COOKIE, SIGN_IN_COOKIE } from '@/server/auth/cookie-names';
import type { HeaderList } from '@/server/auth/auth';

export type Cookies = {
  /** The token in a Cookie header, or null. */
  read(header: string | null | undefined): string | null;
  set(token: string, lifeMs: number): HeaderList;
  clear(): HeaderList;
};

/** `isSecure`: players come over https. The browser then neither sends nor takes the cookie otherwise. */
export function createCookies({ isSecure }: { isSecure: boolean }): Cookies {
  const name = isSecure ? SECURE_SIGN_IN_COOKIE : SIGN_IN_COOKIE;
  const both = (token: string, hint: string, lifeS: number): HeaderList => {
    const rest = `Path=/; Max-Age=${lifeS}; SameSite=Strict${isSecure ? '; Secure' : ''}`;
    return [
      ['set-cookie', `${name}=${token}; ${rest}; HttpOnly`],
      ['set-cookie', `${HINT_COOKIE}=${hint}; ${rest}`],
    ];
  };
  return {
    read(header) {
      for (const pair of (header ?? '').split(';')) {
        const [key, value = ''] = pair.trim().split('=', 2);
        if (key === name && value !== '') return value;
      }
      return null;
    },
    set: (token, lifeMs) => both(token, '1', Math.max(0, Math.floor(lifeMs / 1000))),
    clear: () => both('', '', 0),
  };
}
