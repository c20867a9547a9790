// Finds the paths of this repository that a text speaks of, so that a test can tell which of them do not exist.

const FOLDERS = ['app', 'bench', 'bin', 'components', 'db', 'deploy', 'docs', 'e2e', 'lib', 'public', 'server', '.ci'];
const PATH = new RegExp(`(?<![\\w./@-])(?:${FOLDERS.map(escape).join('|')})/[\\w./\\[\\]-]*[\\w\\]/]`, 'g');

/** Paths from the root, as written in prose, code spans and links (a link's `../` is resolved from `folder`). */
export function findPaths({ text, folder }: { text: string; folder: string }): string[] {
  const links = [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, target]) => resolveLink(folder, target!));
  const prose = text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/\w+:\/\/\S+/g, '');
  const spoken = [...prose.matchAll(PATH)].map(([path]) => path);
  return [...new Set([...links, ...spoken])].sort();
}

/** `docs/…md` as source comments cite it. */
export function findCitedDocuments(source: string): string[] {
  return [...new Set([...source.matchAll(/(?<![\w./-])docs\/[\w./-]+\.md/g)].map(([path]) => path))];
}

function resolveLink(folder: string, target: string): string {
  return new URL(target, `file:///${folder}/`).pathname.slice(1);
}

function escape(text: string): string {
  return text.replaceAll('.', '\\.');
}
