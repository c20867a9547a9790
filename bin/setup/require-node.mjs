// Imported first by every entry point: an old Node gets a sentence instead of a stack trace. Only syntax and modules
// that an old Node knows may appear here.
const NEEDED = [20, 19];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    'Fortytick needs Node ' +
      NEEDED.join('.') +
      ' or newer, and this is Node ' +
      process.versions.node +
      '.\n' +
      'Install a newer one (https://nodejs.org/en/download) and run the same command again.\n',
  );
  process.exit(1);
}
