/** How many fields and definitions of a JSON Schema have a description, and the paths of those that have none. */
export function fieldsOf(schema: unknown, path = '#'): { described: number; undescribed: string[] } {
  if (typeof schema !== 'object' || schema === null) return { described: 0, undescribed: [] };
  let described = 0;
  const undescribed: string[] = [];
  for (const [key, part] of Object.entries(schema)) {
    const below = fieldsOf(part, `${path}/${key}`);
    described += below.described;
    undescribed.push(...below.undescribed);
    if (key !== 'properties' && key !== '$defs') continue;
    for (const [name, field] of Object.entries(part as Record<string, { description?: string }>)) {
      if ((field.description ?? '').trim() === '') undescribed.push(`${path}/${key}/${name}`);
      else described++;
    }
  }
  return { described, undescribed };
}
