import { CameraOutlined, CloseOutlined } from '@ant-design/icons';
import { App } from 'antd';
import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react';
import { useText } from '#renderer/text/react.ts';
import { downscale, type Photo } from './photo.ts';

export type { Photo } from './photo.ts';

type PhotoFieldProps = Readonly<{
  id?: string;
  value?: readonly Photo[];
  onChange?: (photos: readonly Photo[]) => void;
  max?: number;
  disabled?: boolean;
}>;

/** Photos to go with a form: chosen, dropped or pasted, made small enough to send. */
export function PhotoField({ id, value = [], onChange, max = 8, disabled = false }: PhotoFieldProps) {
  const t = useText();
  const { message } = App.useApp();
  const picker = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);

  async function add(files: Iterable<File>): Promise<void> {
    const added: Photo[] = [];
    for (const file of files) {
      const photo = await downscale(file).catch(() => undefined);
      if (photo === undefined) void message.error(t('common.photoUnreadable', { name: file.name }));
      else added.push(photo);
    }
    const all = [...value, ...added];
    if (all.length > max) void message.warning(t('common.photoTooMany', { max }));
    if (added.length > 0) onChange?.(all.slice(0, max));
  }

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    void add(event.dataTransfer.files);
  }

  function paste(event: ClipboardEvent): void {
    if (event.clipboardData.files.length > 0) void add(event.clipboardData.files);
  }

  function remove(index: number): void {
    onChange?.(value.filter((_, at) => at !== index));
  }

  return (
    <div className="mw-photos" onPaste={paste}>
      {value.map((photo, index) => (
        <div className="mw-photo" key={`${index} ${photo.name}`} title={photo.name}>
          <img src={`data:${photo.mediaType};base64,${photo.base64}`} alt={photo.name} />
          <button type="button" aria-label={t('common.remove')} disabled={disabled} onClick={() => remove(index)}>
            <CloseOutlined />
          </button>
        </div>
      ))}
      {value.length < max && (
        <button
          type="button"
          id={id}
          className={isOver ? 'mw-photo-add is-over' : 'mw-photo-add'}
          disabled={disabled}
          onClick={() => picker.current?.click()}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <CameraOutlined style={{ fontSize: 18 }} />
          <span>
            {t('common.addPhoto')}
            <br />
            <small className="mw-soft">{t('common.photoHint')}</small>
          </span>
        </button>
      )}
      <input
        ref={picker}
        type="file"
        accept="image/*"
        multiple
        style={{ display: 'none' }}
        onChange={(event) => {
          void add(event.target.files ?? []);
          event.target.value = ''; // The same file may be chosen again after it was removed.
        }}
      />
    </div>
  );
}
