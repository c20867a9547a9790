// What a series of bets did to a bankroll: return on stakes, win rate, largest drawdown, Sharpe ratio, and a curve of
// bounded length to draw. Streaming; fed by the backtester after every settled bet and every game.

export type EquityScores = {
  readonly bets: number;
  readonly wins: number;
  readonly winRate: number;
  /** Net profit over everything staked; 0 without bets. */
  readonly roi: number;
  /** Largest fall from a high of the bankroll, as a share of that high. */
  readonly maxDrawdown: number;
  /** Mean over standard deviation of the bets' returns on the bankroll, per bet and not annualised; 0 below two bets. */
  readonly sharpe: number;
  readonly stakedLamports: bigint;
  readonly netLamports: bigint;
};

export type Equity = {
  settle(bet: { stakeLamports: bigint; profitLamports: bigint; bankrollBeforeLamports: bigint }): void;
  endGame(bankrollLamports: bigint): void;
  scores(): EquityScores;
  curve(): readonly EquityPoint[];
};

export type EquityPoint = { readonly game: number; readonly sol: number };

/** Above this the curve keeps every other point: no screen is wider. */
const CURVE_POINTS_MAX = 600;
const LAMPORTS_PER_SOL = 1e9;

export function createEquity(startLamports: bigint): Equity {
  let bets = 0;
  let wins = 0;
  let staked = 0n;
  let net = 0n;
  let peak = Number(startLamports);
  let maxDrawdown = 0;
  let mean = 0;
  let squares = 0; // Sum of squared deviations from the mean (Welford 1962).
  let games = 0;
  let every = 1;
  let curve: EquityPoint[] = [{ game: 0, sol: Number(startLamports) / LAMPORTS_PER_SOL }];
  return {
    settle({ stakeLamports, profitLamports, bankrollBeforeLamports }) {
      bets++;
      if (profitLamports > 0n) wins++;
      staked += stakeLamports;
      net += profitLamports;
      const after = Number(bankrollBeforeLamports + profitLamports);
      if (after > peak) peak = after;
      else if (peak > 0) maxDrawdown = Math.max(maxDrawdown, 1 - after / peak);
      const gain = Number(profitLamports) / Number(bankrollBeforeLamports);
      const delta = gain - mean;
      mean += delta / bets;
      squares += delta * (gain - mean);
    },
    endGame(bankrollLamports) {
      games++;
      if (games % every !== 0) return;
      curve.push({ game: games, sol: Number(bankrollLamports) / LAMPORTS_PER_SOL });
      if (curve.length <= CURVE_POINTS_MAX) return;
      curve = curve.filter((_, i) => i % 2 === 0);
      every *= 2;
    },
    scores() {
      const deviation = bets < 2 ? 0 : Math.sqrt(squares / (bets - 1));
      return {
        bets,
        wins,
        winRate: bets === 0 ? 0 : wins / bets,
        roi: staked === 0n ? 0 : Number(net) / Number(staked),
        maxDrawdown,
        sharpe: deviation > 0 ? mean / deviation : 0,
        stakedLamports: staked,
        netLamports: net,
      };
    },
    curve: () => curve,
  };
}
