'use client';
// The frame of the dialogs that protect a player, calm and without a hurry.
import { Sheet, type SheetProps } from '@/components/ui/sheet';

export function SafetyDialog(props: SheetProps) {
  return <Sheet {...props} className="sm:w-[30rem]" />;
}

export function Problem({ text }: { text: string | null }) {
  return text === null ? null : (
    <p role="alert" className="text-danger">
      {text}
    </p>
  );
}
