/** Fields for words: growing dictionaries and searching. */
import { SearchOutlined } from '@ant-design/icons';
import { AutoComplete, Input, type InputRef } from 'antd';
import { type Ref, useEffect, useEffectEvent, useState } from 'react';
import type { InputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';

const TYPING_PAUSE = 200; // Milliseconds without a key after which a fragment is looked for.

/** `value` once it has stayed the same for a moment. */
export function useSettled<T>(value: T, pause: number = TYPING_PAUSE): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return settled;
}

type DictionaryFieldProps = Readonly<{
  /** Which list of words; the service learns new ones as they are saved. */
  dictionary: InputOf<'dictionaries.suggest'>['dictionary'];
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
  onBlur?: () => void;
  placeholder?: string;
  disabled?: boolean;
  autoFocus?: boolean;
  maxLength?: number;
  'aria-label'?: string;
}>;

/** Free text that offers what was typed there before. */
export function DictionaryField({ dictionary, value = '', onChange, onBlur, ...field }: DictionaryFieldProps) {
  const [isOpen, setOpen] = useState(false);
  const fragment = useSettled(value);
  const words = useQueryOperation(
    'dictionaries.suggest',
    { dictionary, fragment },
    { enabled: isOpen, keepPrevious: true, staleTime: 30_000 },
  );
  const options = (words.data?.values ?? []).filter((word) => word !== value).map((word) => ({ value: word }));
  return (
    <AutoComplete
      {...field}
      style={{ width: '100%' }}
      value={value}
      options={options}
      open={isOpen && options.length > 0}
      onOpenChange={setOpen}
      onSelect={() => setOpen(false)}
      // The list must not come back over the next field when late words arrive.
      onBlur={() => {
        setOpen(false);
        onBlur?.();
      }}
      onChange={(word: string | undefined) => onChange?.(word ?? '')}
      defaultActiveFirstOption={false}
    />
  );
}

type SearchFieldProps = Readonly<{
  /** Called with the fragment when typing pauses, and at once on Enter. */
  onSearch: (fragment: string) => void;
  placeholder?: string;
  width?: number | string;
  autoFocus?: boolean;
  ref?: Ref<InputRef>;
  'aria-label'?: string;
}>;

export function SearchField({ onSearch, width = 240, ...field }: SearchFieldProps) {
  const [fragment, setFragment] = useState('');
  const settled = useSettled(fragment);
  const search = useEffectEvent(onSearch);
  useEffect(() => search(settled), [settled]);
  return (
    <Input
      {...field}
      allowClear
      type="search"
      autoComplete="off"
      prefix={<SearchOutlined />}
      style={{ width }}
      value={fragment}
      onChange={(event) => setFragment(event.target.value)}
      onPressEnter={() => onSearch(fragment)}
    />
  );
}
