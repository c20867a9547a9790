'use client';
import { Notice } from '@/components/shell/notice';
import { Button } from '@/components/ui/button';

export default function PageError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <Notice
      title="This page failed to draw"
      text="The fault is in the page, not in the game or in your bets. The feed and the record go on without it."
    >
      <Button variant="solid" onClick={() => retry()}>
        Draw it again
      </Button>
    </Notice>
  );
}
