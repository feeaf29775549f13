import type { FieldFault } from '#domain/errors.ts';

/** A labelled input; `path` is where the service finds the value. */
export type Field = Readonly<{ path: string; label: HTMLElement; input: HTMLInputElement; fault: HTMLElement }>;

type FieldOptions = Readonly<{ hint?: string; value?: string; maxLength?: number; isSecret?: boolean }>;

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  text = '',
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  if (text !== '') made.textContent = text;
  return made;
}

export function field(path: string, name: string, options: FieldOptions = {}): Field {
  const { hint, value = '', maxLength = 200, isSecret = false } = options;
  const input = element('input', {
    type: isSecret ? 'password' : 'text',
    autocomplete: isSecret ? 'new-password' : 'off',
    value,
    maxLength,
  });
  const fault = element('p', { className: 'fault', id: `${path}-fault` });
  input.setAttribute('aria-describedby', fault.id);
  const label = element('label');
  label.append(element('span', {}, name), input, ...(hint ? [element('small', {}, hint)] : []), fault);
  return { path, label, input, fault };
}

/** Puts each fault under its field and the caret into the first faulty one. */
export function showFaults(
  fields: readonly Field[],
  faults: readonly FieldFault[],
  textOf: (fault: FieldFault) => string,
): void {
  for (const { path, input, fault } of fields) {
    const found = faults.find((one) => one.path === path);
    fault.textContent = found ? textOf(found) : '';
    input.setAttribute('aria-invalid', String(found !== undefined));
  }
  fields.find(({ path }) => faults.some((fault) => fault.path === path))?.input.focus();
}
