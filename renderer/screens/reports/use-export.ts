import { App } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { InputOf, OutputOf } from '#operations/index.ts';
import { call } from '#renderer/api/client.ts';
import { useLanguage, useText } from '#renderer/text/react.ts';
import { asFailure, errorText, saveFile, useFormat } from '#renderer/ui/index.ts';

export type ExportFormat = InputOf<'reports.export'>['format'];

type Running = Readonly<{ format: ExportFormat; abort: AbortController }>;

export type Exporting = Readonly<{
  /** The file being made. */
  format: ExportFormat | undefined;
  start(format: ExportFormat): void;
  cancel(): void;
}>;

/** Has the service make a file of what the grid shows and hands it to the user; one at a time. */
export function useExport(asked: Omit<InputOf<'reports.export'>, 'format' | 'language'>): Exporting {
  const t = useText();
  const figures = useFormat();
  const language = useLanguage();
  const { message } = App.useApp();
  const [running, setRunning] = useState<Running>();
  const latest = useRef<Running>(undefined);
  useEffect(() => () => latest.current?.abort.abort(), []);

  function show(next: Running | undefined): void {
    latest.current = next;
    setRunning(next);
  }

  async function make(format: ExportFormat): Promise<void> {
    const abort = new AbortController();
    show({ format, abort });
    try {
      const file = await call('reports.export', { ...asked, format, language }, { signal: abort.signal });
      hand(file);
      void message.success(t('reports.exported', { name: file.name }));
    } catch (error) {
      if (!abort.signal.aborted) void message.error(errorText(t, figures, asFailure(error as Error)));
    } finally {
      show(undefined);
    }
  }

  return {
    format: running?.format,
    start: (format) => {
      if (latest.current === undefined) void make(format);
    },
    cancel: () => running?.abort.abort(),
  };
}

function hand({ name, mediaType, base64 }: OutputOf<'reports.export'>): void {
  const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  saveFile(name, new Blob([content], { type: mediaType }));
}
