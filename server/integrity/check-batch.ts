// One bounded piece of the integrity work: read a batch of games, check them, write what was found, raise an alert for every
// game that fails. The job and the command run this same piece; only the choice of games differs.
import type { RecordDatabase } from '@/server/store/record-database';
import { checkGame } from '@/lib/integrity/check-game';
import type { GameId } from '@/lib/units/game-id';
import type { Clock } from '@/lib/units/time';
import { readGames, type WhichGames } from '@/server/integrity/read-games';
import { writeChecks, type Finding } from '@/server/integrity/write-checks';

export type IntegrityAlert = {
  readonly alertId: string;
  readonly severity: 'critical';
  readonly title: string;
  readonly detail: string;
};

export type IntegrityParts = {
  readonly database: RecordDatabase;
  readonly clock: Clock;
  /** Told of every game that fails, again whenever it is checked again; the alert's id names the game. */
  readonly raise: (alert: IntegrityAlert) => Promise<void> | void;
  /** Told of every game that had failed and does no longer. */
  readonly resolve: (alertId: string) => Promise<void> | void;
};

export type CheckedBatch = {
  /** Games read; fewer than the limit means that there are no more. */
  readonly read: number;
  /** Games written; the others changed meanwhile and are due again. */
  readonly checked: number;
  readonly lastGameId: GameId | null;
};

/** Alerts of one batch; when a whole day fails, ten of them say so as well as a thousand would. */
const ALERTS_MAX = 10;

export async function checkBatch(
  { database, clock, raise, resolve }: IntegrityParts,
  { which, limit }: { which: WhichGames; limit: number },
): Promise<CheckedBatch> {
  const games = await database.use((sql) => readGames(sql, { which, limit }));
  const findings = games.map((read): Finding => ({ ...read, checked: checkGame(read.game) }));
  const written = await database.use((sql) => writeChecks(sql, { findings, at: clock() }));
  const failing = written.filter(({ checked }) => checked.status === 'failed');
  for (const alert of toAlerts(failing)) await raise(alert);
  for (const { game, checked, knownStatus } of written) {
    if (knownStatus === 'failed' && checked.status !== 'failed') await resolve(alertId(game.gameId));
  }
  return { read: games.length, checked: written.length, lastGameId: games.at(-1)?.game.gameId ?? null };
}

function toAlerts(failing: readonly Finding[]): IntegrityAlert[] {
  const alerts = failing.slice(0, ALERTS_MAX).map(({ game, checked }): IntegrityAlert => ({
    alertId: alertId(game.gameId),
    severity: 'critical',
    title: `Game ${game.gameId} fails its integrity checks`,
    detail: checked.results
      .filter(({ status }) => status === 'failed')
      .map(({ detail }) => detail)
      .join(' '),
  }));
  if (failing.length <= ALERTS_MAX) return alerts;
  const more: IntegrityAlert = {
    alertId: 'integrity:many',
    severity: 'critical',
    title: 'Many games fail their integrity checks',
    detail: `${failing.length} of one batch; check-integrity names them all.`,
  };
  return [...alerts, more];
}

function alertId(gameId: GameId): string {
  return `integrity:${gameId}`;
}
