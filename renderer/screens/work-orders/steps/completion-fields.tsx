import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, type FormInstance, Select } from 'antd';
import { chargesOf } from '#domain/billing/charges.ts';
import { WHOLE_BP } from '#domain/money.ts';
import { ONE_PIECE } from '#domain/quantity.ts';
import type { OutputOf } from '#operations/index.ts';
import { useText } from '#renderer/text/react.ts';
import { Facts, MoneyInput, MoneyText, PercentInput, QuantityInput, ToneTag, useFormat } from '#renderer/ui/index.ts';
import { type CompletionValues, equalShares, type LabourValues, type TechnicianValues } from './completion-values.ts';

type Sheet = OutputOf<'jobs.sheet'>;
type OfForm = Readonly<{ form: FormInstance<CompletionValues> }>;

/** Who did it, with shares that must come to the whole. */
export function TechnicianFields({ form, technicians }: OfForm & Readonly<Pick<Sheet['choices'], 'technicians'>>) {
  const t = useText();
  const format = useFormat();
  const rows: readonly (TechnicianValues | undefined)[] = Form.useWatch('technicians', form) ?? [];
  const sum = rows.reduce((total, row) => total + (row?.shareBp ?? 0), 0);
  const options = technicians.map(({ id, number, name }) => ({ value: id, label: `${number} ${name}` }));

  function setRows(next: readonly TechnicianValues[]): void {
    const shares = equalShares(next.length);
    form.setFieldValue(
      'technicians',
      next.map((row, index) => ({ ...row, shareBp: shares[index] ?? 0 })),
    );
  }

  return (
    <Form.List name="technicians">
      {(fields, { remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div className="mw-completion-row" key={key}>
              <Form.Item name={[name, 'employeeId']}>
                <Select
                  aria-label={t('fields.technicianId')}
                  showSearch={{ optionFilterProp: 'label' }}
                  options={options}
                />
              </Form.Item>
              <Form.Item name={[name, 'shareBp']}>
                <PercentInput width={110} aria-label={t('fields.shareBp')} />
              </Form.Item>
              <RemoveButton isDisabled={fields.length === 1} onClick={() => remove(name)} />
            </div>
          ))}
          <div className="mw-completion-foot">
            <Button
              size="small"
              icon={<PlusOutlined />}
              onClick={() => setRows([...(form.getFieldValue('technicians') as TechnicianValues[]), {}])}
            >
              {t('jobs.addTechnician')}
            </Button>
            {fields.length > 1 && (
              <Button
                size="small"
                type="link"
                onClick={() => setRows(form.getFieldValue('technicians') as TechnicianValues[])}
              >
                {t('jobs.shareEqually')}
              </Button>
            )}
            <span className="mw-completion-sum">
              <ToneTag tone={sum === WHOLE_BP ? 'good' : 'bad'}>
                {t('jobs.sharesSum', { sum: format.percent(Number.isNaN(sum) ? 0 : sum) })}
              </ToneTag>
            </span>
          </div>
        </>
      )}
    </Form.List>
  );
}

/** Kinds of work; choosing one fills in its standard fee. */
export function LabourFields({ form, workTypes }: OfForm & Readonly<Pick<Sheet['choices'], 'workTypes'>>) {
  const t = useText();
  const options = workTypes.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }));
  const standardFee = new Map(workTypes.map((type) => [type.id, type.standardFee]));
  return (
    <Form.List name="labour">
      {(fields, { add, remove }) => (
        <>
          {fields.length === 0 && <div className="mw-soft">{t('jobs.noLabour')}</div>}
          {fields.map(({ key, name }, index) => (
            <div className="mw-completion-row" key={key}>
              <Form.Item name={[name, 'workTypeId']} label={index === 0 ? t('fields.workTypeId') : undefined}>
                <Select
                  aria-label={t('fields.workTypeId')}
                  showSearch={{ optionFilterProp: 'label' }}
                  options={options}
                  onChange={(id: string) => form.setFieldValue(['labour', name, 'fee'], standardFee.get(id) ?? 0)}
                />
              </Form.Item>
              <Form.Item name={[name, 'units']} label={index === 0 ? t('fields.units') : undefined}>
                <QuantityInput width={80} aria-label={t('fields.units')} />
              </Form.Item>
              <Form.Item name={[name, 'fee']} label={index === 0 ? t('fields.fee') : undefined}>
                <MoneyInput width={110} aria-label={t('fields.fee')} />
              </Form.Item>
              <Form.Item name={[name, 'labourCost']} label={index === 0 ? t('fields.labourCost') : undefined}>
                <MoneyInput width={110} aria-label={t('fields.labourCost')} />
              </Form.Item>
              <Form.Item label={index === 0 ? ' ' : undefined} colon={false}>
                <RemoveButton isDisabled={false} onClick={() => remove(name)} />
              </Form.Item>
            </div>
          ))}
          <div className="mw-completion-foot">
            <Button
              size="small"
              icon={<PlusOutlined />}
              onClick={() => add({ units: ONE_PIECE, fee: 0, labourCost: 0 } satisfies LabourValues)}
            >
              {t('jobs.addLabour')}
            </Button>
          </div>
        </>
      )}
    </Form.List>
  );
}

function RemoveButton({ isDisabled, onClick }: Readonly<{ isDisabled: boolean; onClick: () => void }>) {
  const t = useText();
  return (
    <Button
      type="text"
      icon={<DeleteOutlined />}
      aria-label={t('common.remove')}
      disabled={isDisabled}
      onClick={onClick}
    />
  );
}

/** What the customer will have to pay, while it is being filled in; by the rule the settlement follows. */
export function ChargesView({ form, sheet }: OfForm & Readonly<{ sheet: Sheet }>) {
  const t = useText();
  const values: CompletionValues | undefined = Form.useWatch((all) => all, form);
  const { warrantyClass } = sheet.order;
  const charges = chargesOf({
    warrantyClass,
    travelFee: figure(values?.travelFee),
    discount: figure(values?.discount),
    labour: (values?.labour ?? []).map((line: LabourValues | undefined) => ({ fee: figure(line?.fee) })),
    parts: sheet.material,
  });
  return (
    <>
      <Facts
        columns={2}
        facts={[
          { label: t('jobs.labourCharge'), value: <MoneyText value={charges.labour} /> },
          { label: t('jobs.partsCharge'), value: <MoneyText value={charges.parts} /> },
          { label: t('jobs.travelCharge'), value: <MoneyText value={charges.travel} /> },
          { label: t('jobs.discount'), value: <MoneyText value={0 - charges.discount} /> },
          {
            label: t('jobs.total'),
            value: (
              <strong>
                <MoneyText value={charges.total} />
              </strong>
            ),
          },
        ]}
      />
      {warrantyClass !== 'out' && <div className="mw-soft">{t('jobs.labourNotCharged')}</div>}
    </>
  );
}

const figure = (value: number | null | undefined): number =>
  value === null || value === undefined || Number.isNaN(value) ? 0 : value;
