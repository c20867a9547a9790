'use client';
// How it looks and sounds. Signed in it is saved to the account; the theme can always be chosen for this browser.
import { useTheme } from 'next-themes';
import { useState } from 'react';
import { useHydrated } from '@/components/settings/use-hydrated';
import { Problem } from '@/components/safety/safety-dialog';
import { useAccountChange } from '@/components/safety/use-account';
import { Card } from '@/components/ui/card';
import { Segmented } from '@/components/ui/segmented';
import type { AccountView } from '@/lib/protocol/account-api';
import { formatPercent } from '@/lib/units/format';

const THEMES = [
  { value: 'dark', text: 'Dark' },
  { value: 'light', text: 'Light' },
] as const;

export function DisplayCard({ account, className }: { account: AccountView['account'] | null; className?: string }) {
  const { resolvedTheme, setTheme } = useTheme();
  const isHydrated = useHydrated();
  const { problem, run } = useAccountChange();
  const choose = (theme: 'dark' | 'light') => {
    setTheme(theme);
    if (account) void run({ method: 'PUT', path: 'settings', body: { theme } });
  };
  return (
    <Card title={account ? 'Display and sound' : 'Display'} className={className} data-testid="display-setting">
      <Row label="Theme">
        <Segmented
          label="Theme"
          value={isHydrated && resolvedTheme === 'light' ? 'light' : 'dark'}
          options={THEMES}
          onChange={choose}
        />
      </Row>
      <p className="text-caption text-ink-faint">The zone of times is chosen at the foot of every page.</p>
      {account && (
        <Volume
          key={account.settings.soundVolume}
          volume={account.settings.soundVolume}
          onChange={(soundVolume) => void run({ method: 'PUT', path: 'settings', body: { soundVolume } })}
        />
      )}
      <Problem text={problem} />
    </Card>
  );
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <span className="text-ink-soft">{label}</span>
      {children}
    </div>
  );
}

/** Saved when the handle is let go, and played at that volume. */
function Volume({ volume, onChange }: { volume: number; onChange: (volume: number) => void }) {
  const [value, setValue] = useState(volume);
  const commit = () => {
    if (value === volume) return;
    onChange(value);
    if (value === 0) return;
    const audio = new Audio('/sounds/won.wav');
    audio.volume = value;
    // A browser that allows no sound stays silent.
    audio.play().catch(() => undefined);
  };
  return (
    <label className="flex flex-col gap-2">
      <span className="flex items-baseline justify-between">
        <span className="text-ink-soft">Sound when a bet begins, is won or is lost</span>
        <span className="text-caption text-ink-faint">{value === 0 ? 'Silent' : formatPercent(value, 0)}</span>
      </span>
      <input
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={value}
        onChange={(event) => setValue(Number(event.target.value))}
        onPointerUp={commit}
        onKeyUp={commit}
        onBlur={commit}
        className="h-6 w-full accent-ink"
      />
    </label>
  );
}
