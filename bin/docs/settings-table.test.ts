import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { renderSettingsTable, updateSettingsTable } from '@/bin/docs/settings-table';
import { SETTINGS } from '@/server/config';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

describe('the table of settings', () => {
  it('in the README is what the settings say (npm run settings-table writes it)', async () => {
    expect(readme).toBe(await updateSettingsTable(readme));
  });

  it('names every setting once', () => {
    const named = [...renderSettingsTable().matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    expect(named).toEqual(Object.keys(SETTINGS));
  });

  it('replaces an older table and nothing around it', async () => {
    const older = readme.replace('| `PORT`', '| `OLD`');
    expect(older).not.toBe(readme);
    expect(await updateSettingsTable(older)).toBe(readme);
  });

  it('is refused by a document without a place for it', async () => {
    await expect(updateSettingsTable('# no markers\n')).rejects.toThrow('settings:start');
  });
});
