// Every expectation of the record, in the order in which they are told. Pure; called by evaluate-quality.
import type { Expectation } from '@/lib/quality/expectation';
import { FRESH_EXPECTATIONS } from '@/lib/quality/fresh-expectations';
import { KEPT_EXPECTATIONS } from '@/lib/quality/kept-expectations';
import { PLAUSIBLE_EXPECTATIONS } from '@/lib/quality/plausible-expectations';
import { RIGHT_EXPECTATIONS } from '@/lib/quality/right-expectations';
import { WHOLE_EXPECTATIONS } from '@/lib/quality/whole-expectations';

export const EXPECTATIONS: readonly Expectation[] = [
  ...WHOLE_EXPECTATIONS,
  ...RIGHT_EXPECTATIONS,
  ...FRESH_EXPECTATIONS,
  ...PLAUSIBLE_EXPECTATIONS,
  ...KEPT_EXPECTATIONS,
];
