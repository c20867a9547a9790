// The HTTP API to read: every endpoint with what it takes, what it answers and a line to try. Drawn from the same document
// that programs get at /api/openapi.json; nothing here is written twice.
import { Card } from '@/components/ui/card';
import { Page } from '@/components/shell/page';
import { SchemaTree } from '@/components/api-docs/schema-tree';
import { TryLine } from '@/components/api-docs/try-line';
import { Disclosure } from '@/components/advice/disclosure';
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table';
import type { JsonSchema, OpenApi, OpenApiOperation, OpenApiParameter } from '@/lib/protocol/openapi';

export function ApiReference({ document }: { document: OpenApi }) {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  return (
    <Page
      title="API"
      lead={document.info.summary}
      aside={
        <a href="/api/openapi.json" className="text-ink-soft underline underline-offset-2 hover:text-ink">
          OpenAPI 3.1
        </a>
      }
    >
      <Card title="Conventions">
        <ul className="flex max-w-prose list-disc flex-col gap-1.5 pl-5 text-ink-soft">
          {CONVENTIONS.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </Card>
      {document.tags.map(({ name }) => (
        <section key={name} aria-label={name} className="flex flex-col bg-surface">
          <h2 className="p-4 pb-0 text-figure font-semibold text-ink lg:p-5 lg:pb-0">{name}</h2>
          {operations
            .filter(({ operation }) => operation.tags.includes(name))
            .map((one) => (
              <Operation key={one.operation.operationId} {...one} schemas={document.components.schemas} />
            ))}
        </section>
      ))}
    </Page>
  );
}

const CONVENTIONS = [
  'Times are milliseconds since 1970 in answers; in questions also dates (UTC days) and ISO instants with their zone.',
  'Amounts are whole lamports as decimal text: 1 SOL is 1000000000. Probabilities are numbers from 0 to 1. What is not known is null.',
  'Lists come in pages: hand the "next" of one as "before" of the following. Games that come in meanwhile change no later page.',
  '"at" asks what the record knew at that moment: nothing learnt later shows.',
  'Real and simulated games are never mixed: "source" says which; without it those of the running feed are meant.',
  'What is a player’s own takes a sign-in, which a browser sends by itself, or a key made in the settings: "Authorization: Bearer ft_…". Answers tell the rate limit in RateLimit-Limit, -Remaining and -Reset; one over it is a 429 with Retry-After.',
  'A request that cannot be answered gets a problem body (RFC 9457) that names the parameter and what it takes. Unknown parameters and ones given twice are refused, not ignored.',
] as const;

function Operation({
  path,
  method,
  operation,
  schemas,
}: {
  path: string;
  method: string;
  operation: OpenApiOperation;
  schemas: OpenApi['components']['schemas'];
}) {
  const { summary, description, parameters, requestBody, responses, operationId } = operation;
  const body = resolve(requestBody?.content['application/json']?.schema, schemas);
  return (
    <article
      id={operationId}
      data-testid="operation"
      className="flex flex-col gap-3 border-b border-line p-4 last:border-0 lg:p-5"
    >
      <header className="flex flex-col gap-1">
        <h3 className="font-mono text-body font-semibold break-all text-ink">
          <span className="text-ink-faint">{method.toUpperCase()}</span> {path}
        </h3>
        <p className="max-w-prose text-ink-soft">
          {summary}. {description}
        </p>
      </header>
      {parameters.length > 0 && <ParametersTable parameters={parameters} />}
      {body?.properties && (
        <div className="text-ink-soft">
          Takes <span className="text-caption text-ink-faint">application/json</span>
          <SchemaTree schema={body} />
        </div>
      )}
      <Answers responses={responses} schemas={schemas} />
      {method === 'get' && !operation.security && <TryLine path={tryPath(path, parameters)} />}
    </article>
  );
}

function ParametersTable({ parameters }: { parameters: readonly OpenApiParameter[] }) {
  return (
    <div className="overflow-x-auto">
      <Table>
        <thead>
          <tr>
            <TableHead>Parameter</TableHead>
            <TableHead>What it is for, and what it takes</TableHead>
          </tr>
        </thead>
        <tbody>
          {parameters.map(({ name, required, description }) => (
            <TableRow key={name}>
              <TableCell className="align-top font-mono text-caption leading-5 text-ink">
                {name}
                {required && <span className="text-ink-faint"> (in the path)</span>}
              </TableCell>
              <TableCell className="max-w-prose whitespace-normal text-ink-soft">{description}</TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function Answers({
  responses,
  schemas,
}: {
  responses: OpenApiOperation['responses'];
  schemas: OpenApi['components']['schemas'];
}) {
  return (
    <ul className="flex flex-col gap-1.5">
      {Object.entries(responses).map(([status, { description, content }]) => {
        const schema = status.startsWith('2') ? resolve(Object.values(content)[0]?.schema, schemas) : null;
        return (
          <li key={status} className="text-ink-soft">
            <span className="font-mono text-caption text-ink">{status}</span> {description}{' '}
            <span className="text-caption text-ink-faint">{Object.keys(content).join(', ')}</span>
            {schema?.properties && (
              <Disclosure summary="Shape of the answer" className="mt-1">
                <SchemaTree schema={schema} />
              </Disclosure>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function resolve(
  schema: JsonSchema | { readonly $ref: string } | undefined,
  schemas: OpenApi['components']['schemas'],
): JsonSchema | null {
  if (!schema) return null;
  return '$ref' in schema ? (schemas[schema.$ref.split('/').at(-1)!] ?? null) : schema;
}

function tryPath(path: string, parameters: readonly OpenApiParameter[]): string {
  const query = new URLSearchParams(parameters.flatMap(({ name, example }) => (example ? [[name, example]] : [])));
  const named = path.replace('{gameId}', '20251207-1e01ac417e8043ca');
  return query.size > 0 ? `${named}?${query}` : named;
}
