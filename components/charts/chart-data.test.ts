import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellText, isNumeric, toCsv, toJson, type ChartColumn } from '@/components/charts/chart-data';

type Row = { name: string; share: number | null };
const COLUMNS: ChartColumn<Row>[] = [
  { key: 'name', label: 'Name', value: (row) => row.name },
  {
    key: 'share',
    label: 'Share',
    value: (row) => row.share,
    text: (row) => `${((row.share ?? 0) * 100).toFixed(1)} %`,
  },
];

describe('the figures behind a chart', () => {
  it('are exported exactly and shown rounded; what is not known is empty, null and a dash', () => {
    const rows = [
      { name: 'Zone', share: 0.1816812345678901 },
      { name: 'Kelly', share: null },
    ];
    expect(toCsv(COLUMNS, rows)).toBe('name,share\r\nZone,0.1816812345678901\r\nKelly,\r\n');
    expect(JSON.parse(toJson(COLUMNS, rows))).toEqual(rows);
    expect(rows.map((row) => cellText(COLUMNS[1]!, row))).toEqual(['18.2 %', '—']);
  });

  it('come back from the CSV as they were, whatever a name holds', () => {
    const name = fc.oneof(fc.string(), fc.stringMatching(/^[",\r\n a]*$/)).filter((text) => !/^[=+\-@\t\r]/.test(text));
    const share = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (Object.is(x, -0) ? 0 : x));
    fc.assert(
      fc.property(fc.array(fc.record({ name, share })), (rows) => {
        const [head, ...lines] = readCsv(toCsv(COLUMNS, rows));
        expect(head).toEqual(['name', 'share']);
        expect(lines.map(([text, number]) => ({ name: text, share: Number(number) }))).toEqual(rows);
      }),
    );
  });

  it('hold nothing that a spreadsheet would run', () => {
    for (const name of ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1']) {
      const [, line] = readCsv(toCsv(COLUMNS, [{ name, share: -1 }]));
      expect(line).toEqual([`'${name}`, '-1']);
    }
  });

  it('are set to the right where they are numbers, even when the first is missing', () => {
    const rows = [
      { name: 'a', share: null },
      { name: 'b', share: 1 },
    ];
    expect(COLUMNS.map((column) => isNumeric(column, rows))).toEqual([false, true]);
  });
});

/** A reader of RFC 4180 of its own, so that a slip of the writer does not cancel out. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (text[at] === '"') at++;
        cell += text[at];
      }
    } else if (character === ',') {
      row.push(cell);
      cell = '';
    } else if (character === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell]);
      [row, cell] = [[], ''];
      at++;
    } else cell += character;
  }
  return rows;
}
