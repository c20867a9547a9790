import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame } from '@/lib/protocol/decode-feed';
import { activeState, rawFrame, scriptGame, toHistoryEntry } from '@/lib/test-kit/frames';

const game = scriptGame(3);
const TRACE = { __trace: true, traceparent: '00-aa-bb-01' };
const TRADE = {
  id: 'a',
  gameId: game.gameId,
  playerId: 'did:privy:1',
  type: 'buy',
  amount: 0.05,
  qty: 0.049,
  price: 1.02,
  tickIndex: 1,
  coin: 'solana',
};
const SIDE_BET = {
  gameId: game.gameId,
  playerId: 'did:privy:1',
  username: null,
  betAmount: 0.001,
  xPayout: 5,
  coinAddress: 'So11111111111111111111111111111111111111112',
  startedAtTick: 3,
  end: 43,
  timestamp: 1_765_761_322_177,
};

describe('decoding a frame', () => {
  it('reads an active game state', () => {
    const decoded = decodeFrame(
      rawFrame('gameStateUpdate', { ...activeState(game, 6), leaderboard: [], brandNewField: 1 }),
    );
    expect(decoded.event).toMatchObject({
      type: 'game-state',
      state: { gameId: game.gameId, tickCount: 6, active: true },
    });
    expect(decoded.undecodable).toEqual([]);
  });

  it('takes the first argument that is not a trace', () => {
    expect(decodeFrame(rawFrame('standard/newTrade', TRACE, TRADE)).event).toMatchObject({
      type: 'trade',
      trade: { id: 'a', amount: 50_000_000n },
    });
    expect(decodeFrame(rawFrame('newSideBet', TRADE && TRACE)).kind).toBe('dead-letter');
  });

  it('knows both spellings of a side bet’s ticks', () => {
    const { startedAtTick, end, ...rest } = SIDE_BET;
    const spelled = [SIDE_BET, { ...rest, startTick: startedAtTick, endTick: end }];
    for (const bet of spelled) {
      expect(decodeFrame(rawFrame('newSideBet', TRACE, bet)).event).toMatchObject({
        type: 'side-bet',
        sideBet: { gameId: game.gameId, startTick: 3, endTick: 43, stakeLamports: 1_000_000n, payoutMultiple: 5 },
      });
    }
  });

  it('loses a bad history entry alone, and says which field was bad', () => {
    const history = [toHistoryEntry(game), { ...toHistoryEntry(scriptGame(4)), prices: ['1'] }, 'garbage'];
    const decoded = decodeFrame(rawFrame('gameStateUpdate', { gameId: game.gameId, gameHistory: history }));
    expect(decoded.event?.type === 'game-state' && decoded.event.history.map((entry) => entry.gameId)).toEqual([
      game.gameId,
    ]);
    expect(decoded.undecodable).toHaveLength(2);
    expect(decoded.undecodable[0]?.reason).toMatch(/^prices\.0: /);
  });

  it('joins the placed and the payout row of one bet', () => {
    const rows = [
      { ...SIDE_BET, type: 'placed' },
      {
        ...SIDE_BET,
        startedAtTick: undefined,
        end: undefined,
        startTick: 3,
        endTick: 43,
        type: 'payout',
        payout: 0,
        profit: -0.001,
      },
      { ...SIDE_BET, startedAtTick: 50, end: 90, type: 'placed' },
    ];
    const entry = { ...toHistoryEntry(game), globalSidebets: rows };
    const decoded = decodeFrame(rawFrame('gameStateUpdate', { gameId: game.gameId, gameHistory: [entry] }));
    const bets = decoded.event?.type === 'game-state' ? decoded.event.history[0]!.sideBets : [];
    expect(bets.map((bet) => bet.startTick)).toEqual([3, 50]);
  });

  it('ignores what it knows and counts what it does not', () => {
    expect(decodeFrame(rawFrame('goldenHourUpdate', TRACE, {})).kind).toBe('ignored');
    expect(decodeFrame(rawFrame('somethingNew', {})).kind).toBe('unknown');
  });

  it.each([
    ['a negative tick', { tickCount: -1 }],
    ['a fractional tick', { tickCount: 1.5 }],
    ['a tick as text', { tickCount: '5' }],
    ['NaN as a price', { price: NaN }],
    ['an endless price', { price: Infinity }],
    ['null for a flag', { active: null }],
    ['a malformed id', { gameId: 'x' }],
    ['a path too long to be one', { prices: new Array(10_000).fill(1) }],
    ['a history too long to be one', { gameHistory: new Array(1_000).fill({}) }],
  ])('keeps %s as a dead letter', (_, broken) => {
    const decoded = decodeFrame(rawFrame('gameStateUpdate', { ...activeState(game, 3), ...broken }));
    expect(decoded).toMatchObject({ kind: 'dead-letter', event: null });
    expect(decoded.undecodable[0]?.reason).not.toBe('');
  });

  it('never throws, whatever arrives', () => {
    const events = fc.constantFrom('gameStateUpdate', 'standard/newTrade', 'newSideBet', 'other');
    fc.assert(
      fc.property(events, fc.array(fc.anything(), { maxLength: 3 }), (event, args) => {
        const { kind, event: result } = decodeFrame(rawFrame(event, ...args));
        expect(result !== null).toBe(kind === 'event');
      }),
    );
  });

  it('never throws on a true frame with any one field replaced', () => {
    const frame = { ...activeState(game, 6), gameHistory: [toHistoryEntry(game)] };
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(frame)), fc.anything(), (field, value) => {
        const decoded = decodeFrame(rawFrame('gameStateUpdate', { ...frame, [field]: value }));
        expect(['event', 'dead-letter']).toContain(decoded.kind);
      }),
    );
  });
});
