import type { ComponentProps } from 'react';
import { cn } from '@/components/ui/cn';

export function Table({ className, ...props }: ComponentProps<'table'>) {
  return <table className={cn('w-full border-collapse text-body', className)} {...props} />;
}

export function TableRow({ className, ...props }: ComponentProps<'tr'>) {
  return <tr className={cn('border-b border-line last:border-0', className)} {...props} />;
}

/** Columns of numbers are set to the right (`className="text-right"`), their heads with them. */
export function TableHead({ className, ...props }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={cn('pr-3 pb-1.5 text-left text-caption font-normal text-ink-faint last:pr-0', className)}
      {...props}
    />
  );
}

export function TableCell({ className, ...props }: ComponentProps<'td'>) {
  return <td className={cn('py-1 pr-3 whitespace-nowrap last:pr-0', className)} {...props} />;
}
