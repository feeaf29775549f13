// Imported, not read: the desktop's bundle lies elsewhere than this file, and takes it in.
import about from '../package.json' with { type: 'json' };

/** As package.json says it. */
export const PROGRAM_VERSION: string = about.version;
