/** The chart library's licence asks for this link. */
export function SiteFooter() {
  return (
    <footer className="flex flex-wrap justify-between gap-x-6 gap-y-1 px-4 py-4 text-caption text-ink-faint lg:px-6">
      <p>Fortytick does not predict when a game rugs. It says what the bet is worth.</p>
      <p>
        Charts drawn with{' '}
        <a
          className="underline underline-offset-2 hover:text-ink"
          href="https://www.tradingview.com/"
          rel="noreferrer noopener"
          target="_blank"
        >
          TradingView Lightweight Charts™
        </a>
      </p>
    </footer>
  );
}
