// Players of the kill test of bets: each places a bet, signs it, submits it, and begins again, as the feed goes on. Some take a
// bet back, some let their wallet send it past the server, some walk away. A command that nobody answered is given again
// under the same client key once the server is back, as a browser does. What was acknowledged is written down.
import type { BenchPlayer } from '@/server/test-kit/bet-players';
import type { BetView } from '@/lib/protocol/bets-api';
import type { Chain } from '@/server/chain/chain';
import { SIGNATURE_BYTES } from '@/server/bets/venues/practice/transfer-message';
import type { BetsProcess } from '@/server/kill-tests/bets-process';
import type { Answers, Command } from '@/server/kill-tests/killed-bets-process';
import type { Random } from '@/server/simulator/random';

export type Acknowledged = { readonly what: 'place' | 'submit' | 'cancel'; readonly bet: BetView };

export type BetsPlayers = {
  readonly acknowledged: readonly Acknowledged[];
  /** Problems by code: a refusal is an answer too. */
  readonly refused: ReadonlyMap<string, number>;
  /** Commands that were given again since the process died with them. */
  repeated(): number;
  /** Resolves when everyone has done what was begun. */
  stop(): Promise<void>;
};

const STAKES_SOL = ['0.001', '0.01', '0.05'] as const;
const REST_FRAMES_MAX = 12;
const PAPER_SHARE = 0.2;
const CANCEL_SHARE = 0.06;
const OWN_RELAY_SHARE = 0.12;
const WALK_AWAY_SHARE = 0.04;

export function startPlayers({
  process,
  players,
  chain,
  nextFrame,
  random,
}: {
  process: BetsProcess;
  players: readonly BenchPlayer[];
  /** Of the process that runs now; a wallet finds it away while none does. */
  chain: () => Pick<Chain, 'send'>;
  /** The next frame of the feed: the pace that everyone keeps. */
  nextFrame: () => Promise<void>;
  random: Random;
}): BetsPlayers {
  const acknowledged: Acknowledged[] = [];
  const refused = new Map<string, number>();
  let repeated = 0;
  let stopped = false;

  async function insist<C extends Command>(command: C): Promise<Answers[C['what']]> {
    for (;;) {
      const answer = await process.ask(command);
      if (answer !== null) return answer;
      repeated++;
    }
  }

  function refuse({ code }: { code: string }): null {
    refused.set(code, (refused.get(code) ?? 0) + 1);
    return null;
  }

  async function bet({ key, signer }: BenchPlayer, clientKey: string): Promise<void> {
    const venue = random.chance(PAPER_SHARE) ? 'paper' : 'practice';
    const request = { venue, sol: random.pick(STAKES_SOL), clientKey, confirmed: true } as const;
    const placed = await insist({ what: 'place', key, request });
    if (!placed.ok) return void refuse(placed.error);
    const { bet, transaction } = placed.value;
    acknowledged.push({ what: 'place', bet });
    if (transaction === undefined) return;
    const betId = bet.id;
    const choice = random.next();
    if (choice < WALK_AWAY_SHARE) return;
    if (choice < WALK_AWAY_SHARE + CANCEL_SHARE) return settle('cancel', await insist({ what: 'cancel', key, betId }));
    const bytes = Buffer.from(transaction, 'base64');
    bytes.set(signer.sign(bytes.subarray(1 + SIGNATURE_BYTES)), 1);
    if (choice < WALK_AWAY_SHARE + CANCEL_SHARE + OWN_RELAY_SHARE) {
      // Whether it arrived is for the venue to find out.
      return chain()
        .send(bytes)
        .then(
          () => {},
          () => {},
        );
    }
    settle('submit', await insist({ what: 'submit', key, betId, transaction: bytes.toString('base64') }));
  }

  function settle(what: 'submit' | 'cancel', answer: Answers['submit']): void {
    if (answer.ok) acknowledged.push({ what, bet: answer.value });
    else refuse(answer.error);
  }

  async function play(player: BenchPlayer): Promise<void> {
    for (let count = 0; !stopped; count++) {
      for (let rest = random.integer(1, REST_FRAMES_MAX); rest > 0; rest--) await nextFrame();
      await bet(player, `${player.accountId}-bet-${count}`);
    }
  }

  const playing = Promise.all(players.map(play));
  // Told by `stop`, which is awaited; until then a failure must not end the test's own process.
  playing.catch(() => {});
  return {
    acknowledged,
    refused,
    repeated: () => repeated,
    async stop() {
      stopped = true;
      await playing;
    },
  };
}
