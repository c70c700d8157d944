import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { placesFor } from '../../src/engine/system/private-place';

/** Folders of that name of every Coreloom of this user, in all places where one is made. */
export function foldersNamed(name: string): string[] {
  return [...placesFor('socket'), ...placesFor('memory')]
    .flatMap(({ prefix, open }) => {
      try {
        const place = open();
        return readdirSync(place)
          .filter((found) => found.startsWith(`${prefix}${name}-`))
          .map((found) => join(place, found));
      } catch {
        return [];
      }
    })
    .filter((path, at, all) => all.indexOf(path) === at);
}
