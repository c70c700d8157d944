const NEEDED = [20, 19];

/** A sentence where this Node is too old to run Coreloom, else null. */
export function tooOld(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const fits = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
  return fits ? null : `Coreloom needs Node ${NEEDED.join('.')} or newer; this is Node ${version}.`;
}
