import { Connection } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { createRpcRequest, statusesSchema } from '@/server/chain/rpc-request';

/** Asks a node that answers with this, whatever it is asked. */
function askNode(answer: object) {
  const fetch = async (_: unknown, init?: { body?: unknown }) => {
    const { id } = JSON.parse(String(init?.body)) as { id: string };
    return new Response(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
  };
  const request = createRpcRequest(new Connection('http://127.0.0.1:1', { fetch: fetch as never }));
  return request('getSignatureStatuses', [['a signature']], statusesSchema);
}

const statuses = (...value: unknown[]) => ({ result: { context: { slot: 9, apiVersion: '2.3.0' }, value } });
const STATUS = { slot: 7, confirmations: 1, err: null, confirmationStatus: 'confirmed' };

describe('asking a node for statuses', () => {
  it('takes what web3.js takes', async () => {
    const failed = { ...STATUS, err: { InstructionError: [0, { Custom: 1 }] } };
    const old = { slot: 7, confirmations: null, err: null };
    const answered = statuses({ ...STATUS, status: { Ok: null } }, null, failed, old);
    expect((await askNode(answered)).value).toEqual([STATUS, null, failed, old]);
  });

  it('tells its refusal with the code it has', async () => {
    const refused = askNode({ error: { code: -32602, message: 'Invalid param: WrongSize' } });
    await expect(refused).rejects.toMatchObject({ code: -32602, message: expect.stringContaining('WrongSize') });
  });

  it.each([
    ['no result', {}],
    ['a status that does not say whether it failed', statuses({ ...STATUS, err: undefined })],
    ['a commitment there is not', statuses({ ...STATUS, confirmationStatus: 'rooted' })],
    ['another thing', { result: 'ok' }],
  ])('takes no answer for one that holds %s', async (_, answer) => {
    await expect(askNode(answer)).rejects.toMatchObject({ name: 'ChainError', code: 'unavailable' });
  });
});
