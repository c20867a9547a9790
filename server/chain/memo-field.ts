// The memos of a transaction as a list of signatures tells them: "[5] hello; [2] hi", the number being bytes of UTF-8.

const MEMO_PROGRAMS: readonly string[] = [
  'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr',
  'Memo1UhkJRfHyvLMcVucJwxXeuD728EqVddwQDxFMNo',
];

export function isMemoProgram(address: string | undefined): boolean {
  return address !== undefined && MEMO_PROGRAMS.includes(address);
}

const UNPARSEABLE = '(unparseable)';

/** Lengths lead, so that a memo may itself hold "; [2] hi". What does not read as memos ends the list. */
export function parseMemoField(field: string | null): string[] {
  const memos: string[] = [];
  let rest = Buffer.from(field ?? '');
  for (;;) {
    const head = /^(?:; )?\[(\d{1,4})\] /.exec(rest.subarray(0, 16).toString('latin1'));
    if (!head) return memos;
    const from = head[0].length;
    // What was no text is told by this instead, whatever its length was.
    const isText = rest.toString('utf8', from, from + UNPARSEABLE.length) !== UNPARSEABLE;
    const length = isText ? Number(head[1]) : UNPARSEABLE.length;
    if (rest.length < from + length) return memos;
    memos.push(rest.subarray(from, from + length).toString('utf8'));
    rest = rest.subarray(from + length);
  }
}
