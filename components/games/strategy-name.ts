import { strategyById } from '@/lib/strategy/registry';

/** A strategy of an older record keeps its id for a name. */
export function strategyName(id: string): string {
  return strategyById(id)?.name ?? id;
}
