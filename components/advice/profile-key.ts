/** Where this browser keeps the profile; apart from the store, so that listening for changes loads nothing else. */
export const PROFILE_KEY = 'fortytick.profile';
/** Where it keeps a copy of a signed-in player's profile, until they sign out. */
export const PROFILE_COPY_KEY = 'fortytick.profile.account';
