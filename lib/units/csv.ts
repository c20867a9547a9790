// Lines of CSV by RFC 4180, safe to open in a spreadsheet. Pure; called by the exports.

export type Cell = string | number | boolean | null;

/** One record with its line end. Null is an empty field. */
export function toCsvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => (typeof cell === 'string' ? toField(cell) : String(cell ?? ''))).join(',')}\r\n`;
}

/**
 * Text that a spreadsheet would take for a formula gets an apostrophe before it: names and addresses come from strangers.
 * Numbers are not text, so a negative one stays one.
 */
function toField(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
