import { BarcodeOutlined } from '@ant-design/icons';
import { Input, type InputRef } from 'antd';
import { type KeyboardEvent, useRef, useState } from 'react';

type Props = Readonly<{ label: string; onScan: (code: string) => void }>;

/** A scanner types and presses Enter: each code is handed on, and the field is ready for the next. */
export function ScanField({ label, onScan }: Props) {
  const field = useRef<InputRef>(null);
  const [code, setCode] = useState('');
  function press(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.ctrlKey || event.nativeEvent.isComposing || code.trim() === '') return;
    event.preventDefault();
    event.stopPropagation();
    onScan(code.trim());
    setCode('');
    field.current?.focus();
  }
  return (
    <Input
      ref={field}
      autoFocus
      prefix={<BarcodeOutlined />}
      aria-label={label}
      placeholder={label}
      autoComplete="off"
      maxLength={100}
      value={code}
      onChange={(event) => setCode(event.target.value)}
      onKeyDown={press}
    />
  );
}
