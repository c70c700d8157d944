import { EventEmitter } from 'node:events';
import { tellDisplay } from './display-link';
import { strict } from './strict';

/** Electron's names of permissions, with what Chromium's protocol calls them. */
const PERMISSIONS: Readonly<Record<string, string[]>> = {
  geolocation: ['geolocation'],
  notifications: ['notifications'],
  media: ['camera', 'microphone'],
  midi: ['midi'],
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
  sensors: ['accelerometer', 'gyroscope', 'magnetometer'],
};

type RequestHandler = (contents: null, permission: string, answer: (granted: boolean) => void, details: object) => void;
type CheckHandler = (contents: null, permission: string, origin: string, details: object) => boolean;

class Session extends EventEmitter {
  request: RequestHandler | null = null;
  check: CheckHandler | null = null;

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.check = handler;
  }
  setDevicePermissionHandler(): void {
    // Devices are not stood in for: a page of this Chromium has none.
  }
}

const standInSession = new Session();

/** Without a handler Electron grants; a page here gets what neither handler denies. */
export async function grantPermissions(): Promise<void> {
  const { request, check } = standInSession;
  const granted: string[] = [];
  for (const [permission, names] of Object.entries(PERMISSIONS)) {
    const allowed =
      request === null ||
      (await new Promise<boolean>((answer) => {
        request(null, permission, answer, {});
      }));
    if (allowed && (check?.(null, permission, '', {}) ?? true)) granted.push(...names);
  }
  tellDisplay('grant', { permissions: granted });
}

export const session = strict('session', { defaultSession: strict('session.defaultSession', standInSession) });
