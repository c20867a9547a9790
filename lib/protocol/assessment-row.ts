// An assessment as the record keeps it beside its tick: 19 numbers and the model's name. They are stored as four-byte
// floats, whose shortest text gives every packed figure back. Pure; called by the writer and by whoever reads games.
import { FIGURES, type CompactAssessment } from '@/lib/protocol/compact-assessment';

/** payout, the twelve figures, evidence × 2 and points × 3 (NaN where there is none), the bits of what counts. */
export type AssessmentRow = readonly number[];

export const ASSESSMENT_NUMBERS = 1 + FIGURES + 2 + 3 + 1;
const EVIDENCE_AT = 1 + FIGURES;
const POINTS_AT = EVIDENCE_AT + 2;
const BITS_AT = POINTS_AT + 3;

export function toAssessmentRow({ x, a, e, d, s }: CompactAssessment): number[] {
  return [x, ...a, ...(e ?? [NaN, NaN]), ...(d ?? [NaN, NaN, NaN]), s];
}

/** Throws RangeError for a row of another length: it is none of ours. */
export function fromAssessmentRow(row: AssessmentRow, model: string): CompactAssessment {
  if (row.length !== ASSESSMENT_NUMBERS) throw new RangeError(`an assessment has ${ASSESSMENT_NUMBERS} numbers`);
  const part = (from: number, to: number) => (Number.isNaN(row[from]) ? null : row.slice(from, to));
  return {
    x: row[0]!,
    m: model,
    a: row.slice(1, EVIDENCE_AT),
    e: part(EVIDENCE_AT, POINTS_AT),
    d: part(POINTS_AT, BITS_AT),
    s: row[BITS_AT]!,
  };
}
