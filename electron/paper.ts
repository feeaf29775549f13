import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import type { Translate } from '#renderer/text/index.ts';
import type { PaperOutcome } from './messages.ts';

/**
 * Saves what the window would print now as a PDF, where the user says. The PDF is made before he is asked: what he sees is what he
 * gets, whatever happens in the window meanwhile.
 * @param name of the file that is proposed, without its ending
 */
export async function savePaper(window: BrowserWindow, name: string, t: Translate): Promise<PaperOutcome> {
  try {
    // A4 where the paper itself says nothing.
    const pdf = await window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true, pageSize: 'A4' });
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: t('common.savePdf'),
      defaultPath: path.join(app.getPath('documents'), `${name}.pdf`),
      filters: [{ name: 'PDF', extensions: ['pdf'] }],
    });
    if (canceled || filePath === '') return 'cancelled';
    await writeWhole(filePath, pdf);
    return 'saved';
  } catch {
    return 'failed';
  }
}

/** Whole or not at all: what was there before stays until the new file is complete beside it. */
async function writeWhole(file: string, content: Uint8Array): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    const handle = await open(draft, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
