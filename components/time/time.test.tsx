// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Time } from '@/components/time/time';
import { chooseZone, ZONE_KEY } from '@/components/time/use-zone';
import { ZoneSwitch } from '@/components/time/zone-switch';

// Before anything asks for the zone: a reader in Berlin.
vi.hoisted(() => {
  process.env.TZ = 'Europe/Berlin';
});

const WINTER = Date.UTC(2025, 11, 7, 23, 30, 5);
const SUMMER = Date.UTC(2025, 6, 7, 23, 30, 5);

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  act(() => chooseZone('local'));
});

const shown = () => [...document.querySelectorAll('time')].map((time) => time.textContent);

describe('an instant', () => {
  it('stands in the reader’s zone, named as it is at that instant, with the UTC time in its title', () => {
    render(
      <>
        <Time at={WINTER} />
        <Time at={SUMMER} form="seconds" />
        <Time at={WINTER} form="date" bare />
      </>,
    );
    expect(shown()).toEqual(['8 Dec 2025, 00:30 CET', '01:30:05 CEST', '8 Dec 2025']);
    expect(document.querySelector('time')?.title).toBe('2025-12-07 23:30:05 UTC');
    expect(document.querySelector('time')?.dateTime).toBe('2025-12-07T23:30:05.000Z');
  });

  it('stands in UTC everywhere as soon as the reader chooses that, and is remembered', () => {
    render(
      <>
        <Time at={WINTER} form="time" />
        <Time at="2025-12-07T23:31:05Z" form="time" />
        <ZoneSwitch />
      </>,
    );
    expect(screen.getByTestId('zone-switch').textContent).toMatch(/^Times in Europe\/Berlin \((CET|CEST)\)/);
    act(() => screen.getByRole('radio', { name: 'UTC' }).click());
    expect(shown()).toEqual(['23:30 UTC', '23:31 UTC']);
    expect(localStorage.getItem(ZONE_KEY)).toBe('utc');
    expect(screen.getByTestId('zone-switch').textContent).toMatch(/^Times in UTC/);
  });

  it('follows a choice made in another tab', () => {
    render(<Time at={WINTER} form="time" />);
    localStorage.setItem(ZONE_KEY, 'utc');
    act(() => void window.dispatchEvent(new Event('storage')));
    expect(shown()).toEqual(['23:30 UTC']);
  });

  it('is called unknown when it is not known, or is no time', () => {
    render(
      <>
        <Time at={null} />
        <Time at="yesterday" />
      </>,
    );
    expect(screen.getAllByText('unknown')).toHaveLength(2);
  });

  it('keeps the choice for the page where the browser keeps nothing', () => {
    const storage = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('quota');
    });
    render(<Time at={WINTER} form="time" />);
    act(() => chooseZone('utc'));
    expect(shown()).toEqual(['23:30 UTC']);
    storage.mockRestore();
  });
});
