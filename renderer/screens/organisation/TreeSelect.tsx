import { Select, type SelectProps } from 'antd';

type Props = Omit<SelectProps<string>, 'showSearch' | 'labelRender'>;

/** Chooses one of a tree (`indentedOptions`), typing a part of its name; what is chosen stands there without its depth. */
export function TreeSelect(props: Props) {
  return (
    <Select<string>
      {...props}
      showSearch={{ optionFilterProp: 'label' }}
      labelRender={({ label }) => (typeof label === 'string' ? label.trim() : label)}
    />
  );
}
