/** Where this browser keeps the profile; apart from the store, so that listening for changes loads nothing else. */
export const PROFILE_KEY = 'fortytick.profile';
