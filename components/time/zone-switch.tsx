'use client';
import { zoneId, zoneNameAt } from '@/components/time/format-instant';
import { useNow } from '@/components/time/use-now';
import { chooseZone, useZone } from '@/components/time/use-zone';
import { Segmented } from '@/components/ui/segmented';

/** Names the zone of every time on the page and lets the reader change it. In the footer of every page. */
export function ZoneSwitch() {
  const zone = useZone();
  const now = useNow(60_000);
  return (
    <span className="flex items-center gap-2" data-testid="zone-switch" data-zone-chosen={zone}>
      <span>Times in {now === null ? 'UTC' : describeZone(zone, now)}</span>
      <Segmented label="Zone of the times shown" value={zone} options={ZONES} onChange={chooseZone} />
    </span>
  );
}

const ZONES = [
  { value: 'local', text: 'Local' },
  { value: 'utc', text: 'UTC' },
] as const;

function describeZone(zone: 'local' | 'utc', now: Parameters<typeof zoneNameAt>[0]): string {
  const [id, name] = [zoneId(zone), zoneNameAt(now, zone)];
  return id === name ? name : `${id} (${name})`;
}
