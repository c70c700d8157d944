import { Deserializer, Serializer } from 'node:v8';
import { REFUSED } from '../codec';

/**
 * A value as Electron's IPC hands it over (shell/common/v8_util.cc): V8's own serialization, without objects of the host
 * or shared memory. A `Buffer` arrives as a `Uint8Array`.
 */
export function clone(value: unknown): unknown {
  const serializer = new Serializer();
  serializer.writeHeader();
  try {
    serializer.writeValue(value);
  } catch {
    throw new Error(REFUSED);
  }
  const deserializer = new Deserializer(serializer.releaseBuffer());
  deserializer.readHeader();
  return deserializer.readValue();
}
