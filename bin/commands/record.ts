// npm run record: writes what the feed sends to a capture file that npm run replay and FEED=replay can play.
import { createWriteStream } from 'node:fs';
import { createGzip } from 'node:zlib';
import { finished } from 'node:stream/promises';
import { parseCommandLine, runCommand, UsageError } from '@/bin/commands/cli';
import { epochMs } from '@/lib/units/time';
import { parseConfig } from '@/server/config';
import { toCaptureLine } from '@/server/feed/read-capture';
import { createSocketFeedSource } from '@/server/feed/socket-feed-source';

const HELP = `
Usage: npm run record -- FILE [--seconds N] [--url URL]

Writes every frame of the feed to FILE, one JSON object a line ({"ts", "event", "data"}); gzipped when FILE ends in .gz.
Connects to --url, else to FEED_URL (the live site by default). Ends after N seconds, or cleanly on Ctrl-C.
`;

void runCommand(async () => {
  const { values, positionals } = parseCommandLine(HELP, { seconds: { type: 'string' }, url: { type: 'string' } });
  const [file] = positionals;
  const seconds = values.seconds === undefined ? null : Number(values.seconds);
  if (!file || positionals.length > 1 || (seconds !== null && !(seconds > 0))) throw new UsageError(HELP.trim());
  const url = values.url ?? parseConfig(process.env).FEED_URL;

  const out = createWriteStream(file, { flags: 'wx' });
  const sink = file.endsWith('.gz') ? createGzip() : out;
  if (sink !== out) sink.pipe(out);
  const clock = () => epochMs(Date.now());
  const source = createSocketFeedSource({ name: 'live', url, clock, random: Math.random });
  let frames = 0;
  const stopped = new Promise<void>((resolve) => {
    out.once('error', () => resolve());
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
    if (seconds !== null) setTimeout(resolve, seconds * 1000);
  });
  source.start({
    onFrame(frame) {
      frames++;
      sink.write(`${toCaptureLine(frame)}\n`);
    },
    onUnreadable: () => undefined,
    onConnection: (state, reason) => process.stderr.write(`${state}: ${reason}\n`),
  });
  await stopped;
  await source.stop();
  sink.end();
  await finished(out);
  process.stderr.write(`${frames} frames in ${file}\n`);
  return 0;
});
