// Walks the whole log, or the rest of it from a position on, as it stands at one moment, and says whether it is whole and
// whether what its events sealed is still what is on record. Changes nothing. Called by `npm run verify-log`.
import { transact, type RawSql } from '@/db/connect';
import type { ChainBreak } from '@/lib/event-log/chain-break';
import { createChainChecker, GENESIS } from '@/lib/event-log/chain-checker';
import type { LogHead } from '@/lib/event-log/event';
import { checkSeals, type SealReport } from '@/server/event-log/check-seals';
import { nativeSha256 } from '@/server/event-log/native-sha256';
import { readLog } from '@/server/event-log/read-events';

/** A head written down earlier; without a position the hash may stand anywhere in what is walked. */
export type Anchor = { readonly position: number | null; readonly hash: string };

export type LogReport = {
  readonly ok: boolean;
  readonly count: number;
  readonly head: LogHead;
  readonly broken: ChainBreak | null;
  /** Whether the anchor's hash was met; null when none was given. */
  readonly anchorFound: boolean | null;
  /** First stream whose versions are not 1, 2, 3 …, wherever the chain would not notice; null for none. */
  readonly unevenStream: string | null;
  readonly seals: SealReport | null;
  readonly chainMs: number;
  readonly sealsMs: number;
};

export async function verifyLog(
  sql: RawSql,
  {
    from = 1,
    anchor = null,
    seals = true,
    now,
    onProgress = () => {},
  }: {
    /** Position of the first event to look at. */
    from?: number;
    anchor?: Anchor | null;
    /** Whether paths and decisions are compared with what was sealed. */
    seals?: boolean;
    now: () => number;
    onProgress?: (count: number) => void;
  },
): Promise<LogReport> {
  return transact(sql, async () => {
    // What a running Fortytick appends meanwhile is not part of this walk.
    await sql.unsafe('set transaction isolation level repeatable read, read only');
    const started = now();
    const chain = await walk(sql, { from, anchor, onProgress });
    const unevenStream = await readUnevenStream(sql);
    const walked = now();
    const sealReport = seals ? await checkSeals(sql) : null;
    const isWhole = chain.broken === null && chain.anchorFound !== false && unevenStream === null;
    const isKept = sealReport === null || (!sealReport.paths.first && !sealReport.decisions.first);
    return {
      ok: isWhole && isKept,
      ...chain,
      unevenStream,
      seals: sealReport,
      chainMs: walked - started,
      sealsMs: now() - walked,
    };
  });
}

async function walk(
  sql: RawSql,
  { from, anchor, onProgress }: { from: number; anchor: Anchor | null; onProgress: (count: number) => void },
): Promise<Pick<LogReport, 'count' | 'head' | 'broken' | 'anchorFound'>> {
  const after = await readBefore(sql, from);
  if (!after) {
    const broken: ChainBreak = { kind: 'missing', position: from - 1, lastPosition: from - 1 };
    return { count: 0, head: GENESIS, broken, anchorFound: anchor && false };
  }
  const expected = anchor?.position ? { position: anchor.position, hash: anchor.hash } : null;
  const checker = createChainChecker({ after, expected, sha256: nativeSha256 });
  let found = after.hash === anchor?.hash;
  let count = 0;
  walking: for await (const page of readLog(sql, { after: after.position })) {
    for (const event of page) {
      if (!checker.take(event)) break walking;
      found ||= event.hash === anchor?.hash;
    }
    count += page.length;
    onProgress(count);
  }
  return { ...checker.finish(), anchorFound: anchor && found };
}

/** The event before the first one looked at: trusted, since an anchor is what says that it may be. */
async function readBefore(sql: RawSql, from: number): Promise<LogHead | null> {
  if (from === 1) return GENESIS;
  const [row] = await sql`select hash from events where position = ${from - 1}`;
  return row ? { position: from - 1, hash: row.hash.toString('hex') } : null;
}

/** The walk remembers the streams of the last while; a gap in one that rests for longer is found here. */
async function readUnevenStream(sql: RawSql): Promise<string | null> {
  const [row] = await sql`
    select stream from events group by stream having count(*) <> max(version) or min(version) <> 1 limit 1`;
  return row?.stream ?? null;
}
