// A JSON Schema as an indented list: name, type, what it means.
import type { JsonSchema } from '@/lib/protocol/openapi';

/** Deeper parts are named by their type only; the document has them. */
const DEPTH_MAX = 5;

export function SchemaTree({ schema, depth = 0 }: { schema: JsonSchema; depth?: number }) {
  const properties = Object.entries(propertiesOf(schema));
  if (properties.length === 0 || depth >= DEPTH_MAX) return null;
  return (
    <ul className="mt-1 flex flex-col gap-1 border-l border-line pl-3">
      {properties.map(([name, property]) => (
        <li key={name}>
          <span className="font-mono text-caption text-ink">{name}</span>{' '}
          <span className="text-caption text-ink-faint">{typeOf(property)}</span>
          {property.description && <span className="text-caption text-ink-soft">: {property.description}</span>}
          <SchemaTree schema={property} depth={depth + 1} />
        </li>
      ))}
    </ul>
  );
}

/** Of the object itself, of the elements of a list, or of the one alternative that is not null. */
function propertiesOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  if (schema.properties) return schema.properties;
  if (schema.items) return propertiesOf(schema.items);
  const [only, ...others] = alternatives(schema);
  return only && others.length === 0 ? propertiesOf(only) : {};
}

function alternatives({ anyOf, oneOf }: JsonSchema): JsonSchema[] {
  return (anyOf ?? oneOf ?? []).filter(({ type }) => type !== 'null');
}

export function typeOf(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type === 'array') return `list of ${schema.items ? typeOf(schema.items) : 'anything'}`;
  const several = schema.anyOf ?? schema.oneOf;
  if (several) return several.map(typeOf).join(' or ');
  return schema.type ?? 'anything';
}
