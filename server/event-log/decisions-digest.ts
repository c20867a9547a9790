// What had been said of a game, as one digest: its predictions and recommendations as they were made, without the outcomes
// that are added later. Worked out by PostgreSQL, so that writing it costs one statement and anyone can work it out again;
// docs/record/event-log.md has the expression. Called by write-events and by the rebuild's and verify-log's checks.
import type { RawSql } from '@/db/connect';
import type { DecisionsSeal } from '@/lib/event-log/game-event';
import type { GameId } from '@/lib/units/game-id';
import { toArrayLiteral } from '@/server/store/insert-rows';

const MADE_MS = '(extract(epoch from made_at) * 1000)::bigint';

/** One JSON array a row, a line each: predictions by tick, an empty line, recommendations by tick and strategy. */
export const DECISIONS_OF_GAME = `
  select p.rows as predictions, r.rows as recommendations,
    encode(sha256(convert_to(p.text || E'\\n\\n' || r.text, 'UTF8')), 'hex') as sha256
  from (
    select count(*)::integer as rows, coalesce(string_agg(json_build_array(tick, ${MADE_MS}, origin, model,
      win_probability, lower, upper, payout, zone, median_tick, lower50, upper50, lower90, upper90, confidence)::text,
      E'\\n' order by tick), '') as text
    from predictions where game_id = asked.game_id
  ) p, (
    select count(*)::integer as rows, coalesce(string_agg(json_build_array(tick, strategy_id, ${MADE_MS}, origin, priority,
      word, action, stake_lamports, payout, expected_value, score, reasons, assessment::text, model, start_tick)::text,
      E'\\n' order by tick, strategy_id collate "C"), '') as text
    from recommendations where game_id = asked.game_id
  ) r`;

/** Games of which nothing was said are not in the answer. */
export async function readDecisions(
  sql: RawSql,
  gameIds: readonly GameId[],
): Promise<ReadonlyMap<GameId, DecisionsSeal>> {
  if (gameIds.length === 0) return new Map();
  const rows = await sql<(DecisionsSeal & { game_id: GameId })[]>`
    select asked.game_id, said.*
    from unnest(${toArrayLiteral(gameIds)}::text[]) asked (game_id) cross join lateral (${sql.unsafe(DECISIONS_OF_GAME)}) said
    where said.predictions + said.recommendations > 0`;
  return new Map(
    rows.map(({ game_id, predictions, recommendations, sha256 }) => [
      game_id,
      { predictions, recommendations, sha256 },
    ]),
  );
}
