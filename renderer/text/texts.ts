import type { zhCN } from './zh-CN.ts';

type Shape<T> = { readonly [K in keyof T]: T[K] extends string ? string : Shape<T[K]> };

/** The shape every language has. */
export type Texts = Shape<typeof zhCN>;

type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T & string];

/** Path of one text, as in `common.save` or `errors.stock.insufficient`. */
export type TextKey = Leaves<Texts>;

/** Looks a text up and fills its `{{names}}` in. */
export type Translate = (key: TextKey, params?: Readonly<Record<string, string | number>>) => string;
