/** What a line of JSON says, where it is an object with this field; null for any other line. The rest of it is not checked. */
export function objectIn<T>(line: string, field: keyof T & string): T | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && field in value ? (value as T) : null;
  } catch {
    return null;
  }
}
