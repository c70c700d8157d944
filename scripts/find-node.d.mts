export const ELECTRON_NODE_LINE: number;
export function findElectronsNode(place: {
  root: string;
  env?: NodeJS.ProcessEnv;
}): { program: string; version: string; reason?: undefined } | { reason: string };
