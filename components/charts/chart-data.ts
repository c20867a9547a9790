// The figures behind a chart, once: its table view, its CSV and its JSON are made from the same columns and rows.

export type ChartColumn<Row> = {
  /** Name in the exports: `winRate`. With the unit in it where the label has one. */
  readonly key: string;
  /** Head of the table's column. */
  readonly label: string;
  /** The exact value, exported as it is: numbers unrounded, times as ISO text, null for not known. */
  readonly value: (row: Row) => string | number | boolean | null;
  /** As a reader sees it; the value itself unless given. */
  readonly text?: (row: Row) => string;
};

/** Table cells of numbers are set to the right; a column is one of numbers when its first known value is. */
export function isNumeric<Row>(column: ChartColumn<Row>, rows: readonly Row[]): boolean {
  const first = rows.find((row) => column.value(row) !== null);
  return first !== undefined && typeof column.value(first) === 'number';
}

export function cellText<Row>(column: ChartColumn<Row>, row: Row): string {
  const value = column.value(row);
  if (value === null) return '—';
  return column.text ? column.text(row) : String(value);
}

/** RFC 4180: a head, CRLF, quotes where needed. Not known is empty. */
export function toCsv<Row>(columns: readonly ChartColumn<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map((column) => csvText(column.key)),
    ...rows.map((row) => columns.map((c) => csvCell(c.value(row)))),
  ];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}

export function toJson<Row>(columns: readonly ChartColumn<Row>[], rows: readonly Row[]): string {
  const objects = rows.map((row) => Object.fromEntries(columns.map(({ key, value }) => [key, value(row)])));
  return `${JSON.stringify(objects, null, 2)}\n`;
}

function csvCell(value: string | number | boolean | null): string {
  return typeof value === 'string' ? csvText(value) : String(value ?? '');
}

/** Text that a spreadsheet would take for a formula gets an apostrophe before it: names come from strangers. */
function csvText(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
