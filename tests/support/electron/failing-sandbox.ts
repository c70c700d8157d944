import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WINDOW_READY } from '../../../scripts/launch-electron.mjs';
import { temporaryFolder } from '../folder';

/**
 * What keeps Electron's sandbox from starting on Linux: it is run as root; the system permits no namespaces, and npm's
 * helper, which does without, is nobody's in particular; or there is no such helper.
 */
export type SandboxFailure = 'root' | 'helper' | 'namespaces';

/** Word by word: shell/app/electron_main_delegate.cc of Electron, setuid_sandbox_host.cc and zygote_host_impl_linux.cc of Chromium. */
const FATAL: Readonly<Record<SandboxFailure, string>> = {
  root: 'electron/shell/app/electron_main_delegate.cc:219] Running as root without --no-sandbox is not supported. See https://crbug.com/638180.',
  helper:
    "sandbox/linux/suid/client/setuid_sandbox_host.cc:166] The SUID sandbox helper binary was found, but is not configured correctly. Rather than run without sandboxing I'm aborting now. You need to make sure that $helper is owned by root and has mode 4755.",
  namespaces:
    'content/browser/zygote_host/zygote_host_impl_linux.cc:129] No usable sandbox! If you are running on Ubuntu 23.10+ or another Linux distro that has disabled unprivileged user namespaces with AppArmor, see https://chromium.googlesource.com/chromium/src/+/main/docs/security/apparmor-userns-restrictions.md. Otherwise see https://chromium.googlesource.com/chromium/src/+/main/docs/linux/suid_sandbox_development.md for more information on developing with the (older) SUID sandbox. If you want to live dangerously and need an immediate workaround, you can try using --no-sandbox.',
};

/**
 * A program in the place of Electron's binary whose sandbox fails so, with Chromium's last line and signal; where the
 * helper has become what it must be, or it is run without its sandbox, it shows a window and ends.
 */
export function failingSandbox(failure: SandboxFailure): string {
  const folder = join(temporaryFolder(), "it's a dist");
  const [program, helper, shown] = ['electron', 'chrome-sandbox', 'shown.cjs'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(folder);
  if (failure === 'helper') writeFileSync(helper, '', { mode: 0o755 });
  writeFileSync(shown, `process.send(${JSON.stringify(WINDOW_READY)}, () => process.exit());`);
  const text = `#!/bin/sh
folder=$(dirname "$0")
helper="$folder/chrome-sandbox"
case " $* " in *' --no-sandbox '*) exec '${process.execPath}' "$folder/shown.cjs" ;; esac
if [ -u "$helper" ] && [ "$(stat -c '%u %a' "$helper")" = '0 4755' ]; then
  exec '${process.execPath}' "$folder/shown.cjs"
fi
echo "[$$:1130/024512.123456:FATAL:${FATAL[failure]}" >&2
kill -TRAP $$
`;
  writeFileSync(program, text, { mode: 0o755 });
  return program;
}
