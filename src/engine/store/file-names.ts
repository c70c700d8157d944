/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/** Whether Windows takes a name, without its ending, for a device. */
export const isDevice = (name: string): boolean => DEVICE.test(name);

/**
 * Why a system does not take a file of that name, as the end of a sentence that says what would be right; null where it
 * does, or where only trying tells. Windows writes `a:b.json` into a hidden stream of a file `a`, and `nul.json` nowhere.
 */
export function nameFault(name: string, platform: NodeJS.Platform = process.platform): string | null {
  if (platform !== 'win32') return null;
  if (/[<>:"|?*\p{Cc}]/u.test(name)) return 'Windows takes none of < > : " | ? * in a name; choose another';
  if (/[. ]$/.test(name)) return 'Windows takes no dot and no space at the end of a name; choose another';
  if (isDevice(/^[^.]*/.exec(name)?.[0]?.trimEnd() ?? ''))
    return 'Windows keeps that name for a device; choose another';
  return null;
}
