// The names of the cookies of a sign-in.

/** The signed token: httpOnly. */
export const SIGN_IN_COOKIE = 'fortytick_sign_in';
/** Over https: a browser then lets nobody but this very host set it. */
export const SECURE_SIGN_IN_COOKIE = `__Host-${SIGN_IN_COOKIE}`;
/** No secret: tells scripts of the page that there is a sign-in, so that they need not ask for nothing. */
export const HINT_COOKIE = 'fortytick_signed_in';
