// Tells the other tabs of this browser that somebody signed in or out, so that none of them shows a player who left.

const CHANNEL = 'fortytick-sign-in';

export function announceSignIn(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage('changed');
  channel.close();
}

/** Returns the way to stop listening. */
export function onSignInElsewhere(listen: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = () => listen();
  return () => channel.close();
}
