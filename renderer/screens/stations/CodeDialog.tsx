import { Alert, App, Button, Form, Select } from 'antd';
import { fingerprintGroups } from '#domain/sync/enrolment-code.ts';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm, Facts, Loaded, useFormat } from '#renderer/ui/index.ts';
import { agoText } from './words.ts';

type Made = OutputOf<'stations.makeCode'>;
type Unit = OutputOf<'stations.choices'>['units'][number];
type Values = { unitId: string };

/** A one-time code with which a PC becomes a unit's station: shown once, with what has to be compared. */
export function CodeDialog({ onClose }: Readonly<{ onClose: () => void }>) {
  const t = useText();
  const operation = useOperation('stations.makeCode');
  const query = useQueryOperation('stations.choices', {});
  return (
    <Dialog isOpen width={600} title={t('stations.code.title')} onClose={onClose}>
      {operation.data ? (
        <MadeCode made={operation.data} onClose={onClose} />
      ) : (
        <Loaded query={query}>
          {({ units }) => <UnitForm units={units} operation={operation} onClose={onClose} />}
        </Loaded>
      )}
    </Dialog>
  );
}

type FormProps = Readonly<{
  units: readonly Unit[];
  operation: ReturnType<typeof useOperation<'stations.makeCode'>>;
  onClose: () => void;
}>;

function UnitForm({ units, operation, onClose }: FormProps) {
  const t = useText();
  const [form] = Form.useForm<Values>();
  const unitId = Form.useWatch('unitId', form);
  const served = units.find(({ id, stationName }) => id === unitId && stationName !== null);
  return (
    <EntryForm
      form={form}
      error={operation.error}
      isPending={operation.isPending}
      onCancel={onClose}
      onSubmit={(values) => operation.mutate(values)}
      submitText={t('stations.code.make')}
    >
      <p className="mw-soft">{t('stations.code.hint')}</p>
      <Form.Item name="unitId" label={t('stations.code.unit')}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('stations.code.unitPlaceholder')}
          options={units.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))}
        />
      </Form.Item>
      {served && <Replaces unit={served} />}
    </EntryForm>
  );
}

/** Said before the code is made: whoever is working there would be cut off. */
function Replaces({ unit: { stationName, lastSeenAt } }: Readonly<{ unit: Unit }>) {
  const t = useText();
  const seen = lastSeenAt === null ? '' : agoText(t, lastSeenAt, (duration) => t('stations.ago', { duration }));
  return (
    <Alert
      type="warning"
      showIcon
      title={t('stations.code.replaces', { name: stationName ?? '' })}
      description={seen && t('stations.code.lastSeen', { ago: seen })}
    />
  );
}

function MadeCode({ made, onClose }: Readonly<{ made: Made; onClose: () => void }>) {
  const t = useText();
  const format = useFormat();
  const { message } = App.useApp();
  const { code, expiresAt, unit, replaces, server } = made;
  const groups = server ? fingerprintGroups(server.fingerprint) : [];

  async function copy(): Promise<void> {
    const lines = [`${unit.code} ${unit.name}`, server?.address, code, groups.join(' ')];
    await navigator.clipboard.writeText(lines.filter(Boolean).join('\n'));
    void message.success(t('stations.code.copied'));
  }

  return (
    <div>
      <div className="mw-soft">{t('stations.code.readyFor', unit)}</div>
      <output className="mw-station-code">{code}</output>
      <p>
        <b>{t('stations.code.once')}</b> {t('stations.code.expires', { at: format.dateTime(expiresAt) })}
      </p>
      {server ? (
        <>
          <Facts columns={1} labelWidth={110} facts={[{ label: t('stations.code.address'), value: server.address }]} />
          <p className="mw-soft mw-station-hint">{t('stations.code.fingerprint')}</p>
          <div className="mw-station-fingerprint">
            {groups.map((group, place) => (
              <span key={`${place} ${group}`}>{group}</span>
            ))}
          </div>
        </>
      ) : (
        <Alert type="info" showIcon title={t('stations.code.noServer')} />
      )}
      {replaces && replaces.pendingCount > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('stations.code.replaces', { name: replaces.name })}
          description={t('stations.code.replacesPending', { count: replaces.pendingCount })}
        />
      )}
      <div className="mw-form-buttons">
        {/* The clipboard is closed to pages without TLS. */}
        {window.isSecureContext && <Button onClick={() => void copy()}>{t('stations.code.copy')}</Button>}
        <Button type="primary" onClick={onClose}>
          {t('stations.code.close')}
        </Button>
      </div>
    </div>
  );
}
