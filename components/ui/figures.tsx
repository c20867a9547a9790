import { Fragment } from 'react';

/** A number, a range of numbers or a number with its unit. */
const FIGURE = /([−+≈]?\s?\d[\d.,]*(?:–\d[\d.,]*)?(?:\s(?:%|s|ms|SOL)(?!\w))?)/;

/** Text whose numbers stay on one line with their units. */
export function Figures({ children, className }: { children: string; className?: string }) {
  return children.split(FIGURE).map((part, index) =>
    index % 2 === 0 ? (
      <Fragment key={index}>{part}</Fragment>
    ) : (
      <span key={index} className={className} style={{ whiteSpace: 'nowrap' }}>
        {part}
      </span>
    ),
  );
}
