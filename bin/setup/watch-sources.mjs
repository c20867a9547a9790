// @ts-check
// Notices edits of what the server runs (server/, lib/, db/). Pages and components are Next's to reload.
import { watch } from 'node:fs';
import { fromRoot } from './root.mjs';

const FOLDERS = ['server', 'lib', 'db'];
/** Editors write a file in several steps; a burst counts as one change. */
const SETTLE_MS = 150;

/** @param {(file: string) => void} onChange called once a burst, with the last file of it */
export function watchSources(onChange) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const watchers = FOLDERS.map((folder) =>
    watch(fromRoot(folder), { recursive: true }, (_event, name) => {
      if (!name || !/\.(ts|sql|json)$/.test(name) || /\.test\.ts$/.test(name)) return;
      clearTimeout(timer);
      timer = setTimeout(() => onChange(`${folder}/${name}`), SETTLE_MS);
    }),
  );
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
