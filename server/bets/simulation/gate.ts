// Everything a simulated engine does to the outside goes through a gate, so that its process can be killed between any two
// things it does: a closed gate lets nothing through and answers nothing, ever, as a process that is gone. What was under
// way when it closed has happened ("after") or has not ("before"). Calls may also be slow, in virtual time.
import type { Kill } from '@/server/bets/simulation/kill';

export type Gate = {
  /** Passes a call through; never settles once the process is gone. */
  pass<T>(name: string, call: () => Promise<T>): Promise<T>;
  /** True while the process lives. */
  isOpen(): boolean;
  close(): void;
};

export function createGate({
  kill,
  onKilled,
  delay,
}: {
  kill: Kill;
  onKilled: () => void;
  /** Resolves when the call may go on; at once for a call that is not slow. */
  delay: (name: string) => Promise<void> | null;
}): Gate {
  let open = true;

  function close(): void {
    if (!open) return;
    open = false;
    onKilled();
  }

  return {
    isOpen: () => open,
    close,
    async pass(name, call) {
      const slow = delay(name);
      if (slow) await slow;
      const point = kill(name);
      if (!open) return gone();
      if (point === 'before') {
        close();
        return gone();
      }
      const result = call();
      if (point === 'after') {
        // What was sent arrives; its answer does not.
        await result.catch(() => {});
        close();
        return gone();
      }
      try {
        const value = await result;
        return open ? value : gone();
      } catch (error) {
        if (open) throw error;
        return gone();
      }
    },
  };
}

function gone(): Promise<never> {
  return new Promise(() => {});
}
