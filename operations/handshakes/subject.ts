type Thing = Readonly<{ category: string; brand: string; model: string }>;

/** What a request is about, in a line for lists: who, and which device. Names of the users' own, in no language of ours. */
export function subjectOf({
  customer,
  device,
}: Readonly<{ customer: Readonly<{ name: string }> | null; device: Thing }>): string {
  const { category, brand, model } = device;
  return [customer?.name ?? '', [brand, model, category].filter((word) => word !== '').join(' ')]
    .filter((part) => part !== '')
    .join(' · ');
}
