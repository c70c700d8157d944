import type { CoreTopology } from '../../../contract';

type CoreKind = NonNullable<CoreTopology['kind']>[number];

/** Hardware threads of one physical core, as places in the list of cores. */
type Siblings = number[];

/** The cores of one NUMA node (or package, where nodes are not known), by kind: performance first. */
export interface CoreGroup {
  package: number | null;
  node: number | null;
  kinds: { kind: CoreKind | null; cores: Siblings[] }[];
}

/** Where one core is, as far as it is known. */
export interface CorePlace {
  package: number | null;
  node: number | null;
  kind: CoreKind | null;
  /** Numbers of the hardware threads that share its physical core, without itself. */
  siblings: number[];
}

type Place = Omit<CorePlace, 'siblings'> & { physical: number };

/** What the topology says of a core; a core that it does not know is a physical core of its own. */
function placesOf(cores: readonly number[], topology: CoreTopology | null): Place[] {
  const at = new Map(topology?.cores.map((core, index) => [core, index]));
  return cores.map((core) => {
    const index = at.get(core) ?? -1;
    return {
      package: topology?.package?.[index] ?? null,
      node: topology?.node?.[index] ?? null,
      kind: topology?.kind?.[index] ?? null,
      physical: topology?.physical?.[index] ?? core,
    };
  });
}

/** Appends to the list of a key, in the order in which keys come. */
function groupBy<Key, Value>(values: readonly Value[], keyOf: (value: Value) => Key): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
}

const before = (one: number | null, other: number | null): number => (one ?? 0) - (other ?? 0);

/** Groups cores by package and NUMA node, within them by kind, and siblings together; without a topology all are one group. */
export function groupCores(cores: readonly number[], topology: CoreTopology | null): CoreGroup[] {
  const places = placesOf(cores, topology).map((place, index) => ({ ...place, index }));
  const groups = [...groupBy(places, (place) => `${place.package}/${place.node}`).values()].map((members) => {
    const kinds = [...groupBy(members, ({ kind }) => kind)].map(([kind, ofKind]) => ({
      kind,
      cores: [...groupBy(ofKind, ({ physical }) => physical).values()].map((threads) =>
        threads.map(({ index }) => index),
      ),
    }));
    kinds.sort((one, other) => Number(one.kind === 'efficiency') - Number(other.kind === 'efficiency'));
    return { package: members[0]?.package ?? null, node: members[0]?.node ?? null, kinds };
  });
  return groups.sort((one, other) => before(one.package, other.package) || before(one.node, other.node));
}

/** Where each core is. */
export function corePlaces(cores: readonly number[], topology: CoreTopology | null): CorePlace[] {
  const places = placesOf(cores, topology);
  const threads = groupBy(
    places.map((place, index) => ({ ...place, core: cores[index] ?? 0 })),
    ({ physical }) => physical,
  );
  return places.map(({ physical, ...place }, index) => ({
    ...place,
    siblings: (threads.get(physical) ?? []).flatMap(({ core }) => (core === cores[index] ? [] : core)),
  }));
}

/** `package 0, node 1, shares a core with 173`. */
export function placeWords({ package: of, node, kind, siblings }: CorePlace): string {
  return [
    ...(of === null ? [] : [`package ${of}`]),
    ...(node === null ? [] : [`node ${node}`]),
    ...(kind === null ? [] : [`${kind} core`]),
    ...(siblings.length === 0 ? [] : [`shares a core with ${siblings.join(', ')}`]),
  ].join(', ');
}
