// Tells the other tabs of this browser that somebody signed in or out, so that none of them shows a player who left.

let channel: BroadcastChannel | null = null;

/** One for the tab: a channel hears every other one of its name, but not itself. */
function ownChannel(): BroadcastChannel {
  return (channel ??= new BroadcastChannel('fortytick-sign-in'));
}

export function announceSignIn(): void {
  ownChannel().postMessage('changed');
}

/** Returns the way to stop listening. */
export function onSignInElsewhere(listen: () => void): () => void {
  const own = ownChannel();
  own.addEventListener('message', listen);
  return () => own.removeEventListener('message', listen);
}
