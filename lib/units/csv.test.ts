import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsvLine } from '@/lib/units/csv';

describe('a line of CSV', () => {
  it('quotes what has to be quoted, and nothing else', () => {
    expect(toCsvLine(['a', 1.5, true, null, 'b,c', 'say "x"', 'two\nlines'])).toBe(
      'a,1.5,true,,"b,c","say ""x""","two\nlines"\r\n',
    );
  });

  it('is no formula to a spreadsheet, while negative numbers stay numbers', () => {
    expect(toCsvLine(['=1+1', '+1', '-1', '@a', '\tx', '=a,"b"', -1])).toBe(
      `'=1+1,'+1,'-1,'@a,'\tx,"'=a,""b""",-1\r\n`,
    );
  });

  it('gives any harmless text back to a reader of RFC 4180', () => {
    const harmless = fc.string().filter((text) => !/^[=+\-@\t\r]/.test(text));
    fc.assert(
      fc.property(fc.array(harmless, { minLength: 1 }), (cells) => {
        expect(readCsvLine(toCsvLine(cells))).toEqual(cells);
      }),
    );
  });
});

/** The grammar of RFC 4180, written from it, for one record. */
function readCsvLine(line: string): string[] {
  const cells: string[] = [];
  let rest = line.slice(0, -2);
  for (;;) {
    const [whole, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?=,|$(?![\s\S]))/.exec(rest)!;
    cells.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    rest = rest.slice(whole.length);
    if (rest === '') return cells;
    rest = rest.slice(1);
  }
}
