// Answer of `GET /api/health`, and the body of every refusal. Parts of the service may say more of themselves than is
// promised here.
import { z } from 'zod';
import { feedStatusSchema } from '@/lib/protocol/push';

const count = z.int().min(0);

export const healthSchema = z.object({
  status: z
    .enum(['ok', 'degraded', 'down'])
    .describe('Degraded: advice or record is limited. Down: there is nothing to advise on; the answer is then a 503.'),
  checks: z.looseObject({
    feed: feedStatusSchema,
    store: z.looseObject({
      status: z.enum(['ok', 'behind', 'down']).describe('Behind: facts wait on disk for the database; none is lost.'),
      queued: count,
      spooled: count,
      dropped: count,
      written: count,
    }),
    ingest: z.looseObject({}),
    live: z.looseObject({ connections: count }),
  }),
});

/** RFC 9457. */
export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string().describe('What kind of trouble, in a few words.'),
  status: z.int().min(400).max(599),
  detail: z.string().describe('What was wrong and what is taken instead, in a sentence.'),
});
