// Brings a chain back to where its folder says it was: history from every journal, accounts from the newest snapshot and
// the journals since, empty blocks up to the head.
import type { PracticeChain } from '@/server/chain/practice/core/practice-chain';
import type { ChainFiles } from '@/server/chain/practice/state/chain-files';
import {
  fromBlockRecord,
  fromSnapshotRecord,
  type JournalRecord,
  type SnapshotRecord,
} from '@/server/chain/practice/state/records';
import { StartError } from '@/server/ops/start-error';

export type Loaded = {
  /** A journal ended in a damaged line; what followed was cut off, and was never told to anyone as confirmed. */
  readonly cut: boolean;
};

export function loadChain(chain: PracticeChain, files: ChainFiles): Loaded {
  const journals = files.journals();
  const snapshots = files.snapshots();
  let snapshot: SnapshotRecord | null = null;
  const start = snapshots.findLast((number) => (snapshot = files.readSnapshot(number)) !== null) ?? 1;
  const isWhole = start > 1 || journals[0] === 1 || (journals.length === 0 && snapshots.length === 0);
  if (!isWhole) throw new StartError('The practice chain’s files in DATA_DIR/chain are damaged: move them away.');
  for (const number of journals.filter((one) => one < start)) {
    for (const record of files.readJournal(number, { cut: false }).records) restoreHistory(chain, record);
  }
  if (snapshot) chain.restore.snapshot(fromSnapshotRecord(snapshot, (signature) => chain.history.get(signature)));
  const { records, cut } = readFrom(files, start);
  const head = files.readHead();
  const headHeight = Math.max(head?.height ?? 0, records.findLast(({ type }) => type === 'block')?.height ?? 0);
  for (const record of records) {
    if (record.type === 'fork') chain.restore.fork(record);
    else chain.restore.block(fromBlockRecord(record), { headHeight });
  }
  // The head is ahead of the journal by empty blocks only; behind a fork, or beside a cut journal, it says nothing.
  const gap = head ? head.height - chain.ledger.tip().height : 0;
  if (head && gap > 0 && head.slot - chain.ledger.tip().slot >= gap) chain.restore.until(head.height);
  return { cut };
}

function restoreHistory(chain: PracticeChain, record: JournalRecord): void {
  if (record.type === 'block') {
    for (const landed of fromBlockRecord(record).transactions) chain.history.add(landed);
    return;
  }
  for (const signature of record.dropped) {
    const landed = chain.history.get(signature);
    if (landed) chain.history.remove(landed);
  }
}

function readFrom(files: ChainFiles, start: number): { records: JournalRecord[]; cut: boolean } {
  const records: JournalRecord[] = [];
  let next = start;
  for (const number of files.journals().filter((one) => one >= start)) {
    const isMissing = number !== next;
    const read = isMissing ? { records: [], damaged: true } : files.readJournal(number, { cut: true });
    for (const record of read.records) records.push(record);
    next = number + 1;
    if (!read.damaged) continue;
    files.removeAfter(isMissing ? number - 1 : number);
    return { records, cut: true };
  }
  return { records, cut: false };
}
