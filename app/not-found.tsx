import Link from 'next/link';
import { Notice } from '@/components/shell/notice';
import { buttonVariants } from '@/components/ui/button';

export default function NotFound() {
  return (
    <Notice title="There is no such page" text="The address may be mistyped, or the page has moved.">
      <Link href="/" className={buttonVariants({ variant: 'solid' })}>
        Go to the dashboard
      </Link>
    </Notice>
  );
}
