import type { OpenOptions } from './assemble';
import type { Engine } from './engine-options';
import { builtEntries } from './entries';
import { createSampler } from './metrics';

/** Opens an engine as every host needs it: both pools, the sampler, and the saved reports. Rejects if the build is incomplete. */
export async function openEngine(options: OpenOptions): Promise<Engine> {
  const entries = builtEntries(options.folder);
  const sampler = createSampler({ entry: entries.sampler });
  // Its process starts while the rest is loaded, which takes as long. The engine asks again, and tells what is wrong.
  sampler.machine().catch(() => {});
  try {
    const { assembleEngine } = await import('./assemble');
    return assembleEngine(options, { entries, sampler });
  } catch (error) {
    await sampler.stop();
    throw error;
  }
}
