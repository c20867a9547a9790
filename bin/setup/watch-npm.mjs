// @ts-check
// npm runs a script through a shell, and a signal sent to npm may end npm or that shell without reaching the script. The
// script would go on as an orphan, holding its port; so it notices that they are gone. Run without npm nothing is
// watched: what was put in the background must outlive the shell that started it.
import { readFileSync } from 'node:fs';

const POLL_MS = 500;

/** Calls back once when npm, or the shell between, has gone. @param {() => void} stop @returns {() => void} ends the watch */
export function onNpmGone(stop) {
  if (!process.env.npm_lifecycle_event) return () => {};
  const ancestors = listAncestors();
  const timer = setInterval(() => {
    if (listAncestors() === ancestors) return;
    clearInterval(timer);
    stop();
  }, POLL_MS).unref();
  return () => clearInterval(timer);
}

/** The parent, and where /proc tells it its parent too. */
function listAncestors() {
  const { ppid } = process;
  try {
    const stat = readFileSync(`/proc/${ppid}/stat`, 'utf8');
    const [, grandparent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${ppid} ${grandparent}`;
  } catch {
    return `${ppid}`;
  }
}
