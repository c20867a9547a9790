// A titled part of a page. Cards stand in a `ruled` grid and share its one-pixel lines; they cast no shadow.
import { useId, type ComponentProps, type ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

export function Card({
  title,
  aside,
  className,
  children,
  ...props
}: Omit<ComponentProps<'section'>, 'title'> & { title: string; aside?: ReactNode }) {
  const titleId = useId();
  return (
    <section
      aria-labelledby={titleId}
      className={cn('@container flex min-w-0 flex-col gap-3 bg-surface p-4 lg:p-5', className)}
      {...props}
    >
      <header className="flex min-h-6 items-center justify-between gap-3">
        <h2 id={titleId} className="text-body font-semibold text-ink">
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
