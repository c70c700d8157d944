const LINE = "execSync('cat /proc/stat 2>/dev/null | grep cpu', util.execOptsLinux)";
const QUIET = "require('fs').readFileSync('/proc/stat', 'latin1').replace(/^(?!.*cpu).*\\n/gm, '')";

/**
 * A plugin of the build: `currentLoad()` of systeminformation starts a shell, cat and grep at each call to read a file of
 * the kernel, which costs many times what reading it does. The same text is read
 * instead; nothing else of systeminformation is changed. Fails the build if the line is not there any more
 * (docs/systeminformation.md is what to tell its authors).
 */
export const quietSysteminformation = {
  name: 'quiet-systeminformation',
  transform(code, id) {
    if (!/[\\/]systeminformation[\\/]lib[\\/]cpu\.js$/.test(id)) return null;
    if (!code.includes(LINE))
      throw new Error(
        'systeminformation reads /proc/stat in another way now: see scripts/quiet-systeminformation.mjs.',
      );
    return { code: code.replace(LINE, QUIET), map: null };
  },
};
