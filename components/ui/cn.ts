import { clsx, type ClassValue } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

/** The type scale of app/tokens.css, so that a size and a colour (`text-lead text-ink`) are not taken for rivals. */
const TEXT_SIZES = ['caption', 'body', 'lead', 'figure', 'figure-large', 'verdict'];

const merge = extendTailwindMerge({
  extend: { theme: { text: TEXT_SIZES, radius: ['small', 'control', 'panel'], shadow: ['float'] } },
});

/** Joins class names; of two that set the same property the later one wins. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
