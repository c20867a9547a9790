import type { Metadata } from 'next';
import { ApiReference } from '@/components/api-docs/api-reference';
import { createOpenApi } from '@/server/http/openapi';

export const metadata: Metadata = { title: 'API', description: 'The HTTP API of Fortytick, endpoint by endpoint.' };

export default function ApiDocs() {
  return <ApiReference document={createOpenApi()} />;
}
