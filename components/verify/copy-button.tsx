'use client';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';

const SAID_FOR_MS = 2_000;

export function CopyButton({ text, what, className }: { text: string; what: string; className?: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => {
    // Absent where the page is not served securely.
    const written = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    written.then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    );
  };
  return (
    <Button variant="quiet" className={className} onClick={copy} aria-label={`Copy ${what}`}>
      {outcome === 'copied' ? <Check aria-hidden /> : <Copy aria-hidden />}
      <span role="status">
        {outcome === null ? 'Copy' : outcome === 'copied' ? 'Copied' : 'Select and copy it by hand'}
      </span>
    </Button>
  );
}
