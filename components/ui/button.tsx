import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from '@/components/ui/cn';

export const buttonVariants = cva(
  'inline-flex items-center justify-center gap-2 rounded-control font-medium whitespace-nowrap transition-colors disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        solid: 'bg-ink text-ground hover:bg-ink-soft',
        outline: 'border border-line-strong text-ink hover:bg-raised',
        quiet: 'text-ink-soft hover:bg-raised hover:text-ink',
      },
      size: { body: 'h-9 px-4 text-body', icon: 'size-9' },
    },
    defaultVariants: { variant: 'outline', size: 'body' },
  },
);

export function Button({
  className,
  variant,
  size,
  ...props
}: ComponentProps<'button'> & VariantProps<typeof buttonVariants>) {
  return <button type="button" className={cn(buttonVariants({ variant, size }), className)} {...props} />;
}
