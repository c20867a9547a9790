'use client';
import { formatInstant, zoneNameAt, type InstantForm } from '@/components/time/format-instant';
import { useZone } from '@/components/time/use-zone';
import { cn } from '@/components/ui/cn';
import { epochMs } from '@/lib/units/time';

/**
 * An instant in the zone the reader chose, that zone named, and the exact UTC time a hover away. Under a column head that
 * names the zone (`<ZoneName />`) the cells pass `bare`.
 */
export function Time({
  at,
  form = 'datetime',
  bare = false,
  className,
}: {
  /** Milliseconds since 1970, or an ISO time; null where it is not known. */
  at: number | string | null;
  form?: InstantForm;
  bare?: boolean;
  className?: string;
}) {
  const zone = useZone();
  const instant = epochMs(typeof at === 'string' ? Date.parse(at) : (at ?? NaN));
  if (Number.isNaN(instant)) return <span className={cn('text-ink-faint', className)}>unknown</span>;
  const iso = new Date(instant).toISOString();
  return (
    <time
      dateTime={iso}
      title={`${iso.slice(0, 19).replace('T', ' ')} UTC`}
      className={cn('whitespace-nowrap', className)}
    >
      {formatInstant(instant, { form, zone })}
      {!bare && <span className="text-ink-faint"> {zoneNameAt(instant, zone)}</span>}
    </time>
  );
}
