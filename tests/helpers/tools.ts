/** Programs beside Node that a test may need. `npm test` lists the missing ones, so that what they carry is skipped by name. */
export type Tool = 'chromium' | 'chinese-fonts' | 'postgresql' | 'libreoffice';

const missing = new Set((process.env['MENDWAY_TEST_MISSING'] ?? '').split(','));

/** For `test.skipIf(isMissing('libreoffice'))`. */
export const isMissing = (tool: Tool): boolean => missing.has(tool);
