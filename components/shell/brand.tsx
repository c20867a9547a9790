/** Ticks of a rule, the last one set apart: forty that a bet covers, and the one that ends the game. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className={className} fill="none" stroke="currentColor" strokeWidth="2">
      <path d="M3 7v10M7.5 10v7M12 10v7M16.5 10v7" />
      <path d="M21 4v16" className="stroke-zone-negative" />
    </svg>
  );
}

export function Brand() {
  return (
    <span className="flex items-center gap-2 text-ink">
      <BrandMark className="size-5" />
      <span className="text-figure font-semibold tracking-tight">Fortytick</span>
    </span>
  );
}
