'use client';
// The filters of the list. Choices take effect at once, what is typed when the field is left or Enter is pressed.
import { RotateCcw, SlidersHorizontal } from 'lucide-react';
import { useId, useState, type ComponentProps } from 'react';
import { NO_FILTER, type FilterName, type GamesFilterChoice } from '@/components/games/games-filter';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';

/** Pass a `key` that changes when the filter is changed from elsewhere: the fields begin with it. */
export function FilterForm({
  filter,
  isFiltered,
  onChange,
}: {
  filter: GamesFilterChoice;
  isFiltered: boolean;
  onChange: (filter: GamesFilterChoice) => void;
}) {
  const [draft, setDraft] = useState(filter);
  const commit = (next: GamesFilterChoice) => {
    setDraft(next);
    onChange(next);
  };
  const typed = (name: FilterName) => ({
    name,
    value: draft[name],
    onChange: (value: string) => setDraft({ ...draft, [name]: value.trim() }),
    onBlur: () => draft[name] !== filter[name] && commit(draft),
  });
  const chosen = (name: FilterName) => ({
    name,
    value: draft[name],
    onChange: (value: string) => commit({ ...draft, [name]: value }),
  });
  const [isOpen, setOpen] = useState(isFiltered);
  return (
    <div className="flex flex-col bg-surface">
      <Button
        variant="quiet"
        className="m-2 self-start sm:hidden"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <SlidersHorizontal aria-hidden /> Filter
      </Button>
      <form
        aria-label="Filter the games"
        data-testid="games-filter"
        className={cn(
          !isOpen && 'max-sm:hidden',
          'grid grid-cols-2 items-end gap-x-3 gap-y-3 p-4 max-sm:pt-0 sm:grid-cols-4 lg:grid-cols-[repeat(8,minmax(0,1fr))_auto] lg:p-5',
        )}
        onSubmit={(event) => {
          event.preventDefault();
          commit(draft);
        }}
      >
        <Field label="From day (UTC)" type="date" {...chosen('from')} />
        <Field label="To day (UTC)" type="date" {...chosen('to')} />
        <Field label="Length from" inputMode="numeric" placeholder="0 ticks" {...typed('lengthMin')} />
        <Field label="Length to" inputMode="numeric" placeholder="5000 ticks" {...typed('lengthMax')} />
        <Field label="Peak from" inputMode="decimal" placeholder="1×" {...typed('peakMin')} />
        <Field label="Peak to" inputMode="decimal" placeholder="any" {...typed('peakMax')} />
        <Choice label="Fairness" options={VERIFIED} {...chosen('verified')} />
        <Choice label="Ticks on record" options={COMPLETE} {...chosen('complete')} />
        <Button
          variant="quiet"
          className="col-span-2 sm:col-span-4 lg:col-span-1"
          disabled={!isFiltered}
          onClick={() => commit({ ...NO_FILTER, source: filter.source })}
        >
          <RotateCcw aria-hidden /> Clear
        </Button>
        <button type="submit" hidden />
      </form>
    </div>
  );
}

const VERIFIED = [
  ['', 'Any'],
  ['true', 'Verified'],
  ['false', 'Failed'],
  ['unverifiable', 'Not verifiable'],
] as const;
const COMPLETE = [
  ['', 'Any'],
  ['true', 'All'],
  ['false', 'Some missing'],
] as const;

const CONTROL =
  'h-9 w-full min-w-0 rounded-control border border-line-strong bg-raised px-2.5 text-ink outline-offset-2 placeholder:text-ink-faint max-sm:text-[1rem]';

function Field({
  label,
  onChange,
  ...props
}: Omit<ComponentProps<'input'>, 'onChange'> & { label: string; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <span className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="truncate text-caption text-ink-faint">
        {label}
      </label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        maxLength={24}
        className={CONTROL}
        onChange={(event) => onChange(event.target.value)}
        {...props}
      />
    </span>
  );
}

function Choice({
  label,
  options,
  onChange,
  ...props
}: Omit<ComponentProps<'select'>, 'onChange'> & {
  label: string;
  options: readonly (readonly [value: string, text: string])[];
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <span className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="truncate text-caption text-ink-faint">
        {label}
      </label>
      <select id={id} className={cn(CONTROL, 'pr-1')} onChange={(event) => onChange(event.target.value)} {...props}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </span>
  );
}
