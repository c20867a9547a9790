// npm run verify-round: replays finished games from their revealed seeds and compares them with what was published.
import { hashServerSeed, isGeneratorVersion, replayGame, verifyGame } from '@/lib/game/provably-fair';
import { historyEntrySchema } from '@/lib/protocol/feed';
import { finiteOrNull, parseCommandLine, runCommand, UsageError } from '@/bin/commands/cli';
import { readLines } from '@/server/ops/read-lines';

const HELP = `
Usage: npm run -s verify-round -- FILE…
       npm run -s verify-round -- --server-seed S --game-id G [--version v3] [--server-seed-hash H]

Checks games against the published generator: the seed against its hash, every price bit for bit.
FILE holds JSON lines of gameHistory entries (.gz too). Prints one JSON object a game:
{gameId, ok, rugTick, peak, hashOk, pathOk, maxDifference}; maxDifference is null when the lengths differ.
From a seed alone there is no path to compare: pathOk is null, and hashOk too unless a hash is given.
Exit code 0 only when every game is ok.

  --server-seed S       the revealed seed
  --game-id G           the game's id
  --version V           v1 or v3 (default v3)
  --server-seed-hash H  the hash shown before the game
  -h, --help            this text
`;

void runCommand(async () => {
  const { values, positionals } = parseCommandLine(HELP, {
    'server-seed': { type: 'string' },
    'game-id': { type: 'string' },
    version: { type: 'string', default: 'v3' },
    'server-seed-hash': { type: 'string' },
  });
  const seed = values['server-seed'];
  const gameId = values['game-id'];
  if (seed !== undefined && gameId !== undefined && positionals.length === 0) {
    return verifySeed({
      serverSeed: seed,
      gameId,
      version: values.version,
      serverSeedHash: values['server-seed-hash'],
    });
  }
  if (positionals.length === 0 || seed !== undefined || gameId !== undefined) throw new UsageError(HELP.trim());
  let allOk = true;
  for (const file of positionals) allOk = (await verifyFile(file)) && allOk;
  return allOk ? 0 : 1;
});

function verifySeed({
  serverSeed,
  gameId,
  version,
  serverSeedHash,
}: {
  serverSeed: string;
  gameId: string;
  version: string;
  serverSeedHash: string | undefined;
}): number {
  if (!isGeneratorVersion(version)) throw new UsageError(`--version is "${version}": it takes v1 or v3.`);
  const replayed = replayGame({ serverSeed, gameId, version });
  const hash = hashServerSeed(serverSeed);
  const hashOk = serverSeedHash === undefined ? null : hash === serverSeedHash;
  const ok = hashOk !== false;
  print({
    gameId,
    ok,
    rugTick: replayed.rugTick,
    peak: replayed.peak,
    hashOk,
    pathOk: null,
    maxDifference: null,
    serverSeedHash: hash,
  });
  return ok ? 0 : 1;
}

async function verifyFile(file: string): Promise<boolean> {
  let allOk = true;
  let games = 0;
  for await (const { line, text } of readLines(file)) {
    games++;
    const verdict = verifyLine(text);
    print(verdict.ok ? verdict : { ...verdict, file, line });
    allOk &&= verdict.ok;
  }
  if (games === 0) process.stderr.write(`${file}: no games in it\n`);
  return allOk && games > 0;
}

function verifyLine(text: string) {
  const nothing = {
    gameId: null,
    ok: false,
    rugTick: null,
    peak: null,
    hashOk: false,
    pathOk: false,
    maxDifference: null,
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ...nothing, error: 'not JSON' };
  }
  const parsed = historyEntrySchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { ...nothing, error: `${issue?.path.join('.') || 'line'}: ${issue?.message ?? 'invalid'}` };
  }
  const entry = parsed.data;
  const checked = verifyGame({
    ...entry.provablyFair,
    gameId: entry.id,
    version: entry.gameVersion,
    prices: entry.prices,
  });
  return {
    gameId: entry.id,
    ok: checked.status === 'verified' && checked.peak === entry.peakMultiplier,
    rugTick: checked.rugTick,
    peak: checked.peak,
    hashOk: checked.hashOk,
    pathOk: checked.pathOk,
    maxDifference: finiteOrNull(checked.maxDifference),
  };
}

function print(verdict: object): void {
  process.stdout.write(`${JSON.stringify(verdict)}\n`);
}
