import { App, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  EmptyState,
  errorText,
  type GridColumn,
  Loaded,
  LocalGrid,
  ToneTag,
  useFormat,
} from '#renderer/ui/index.ts';
import { WebhookDeliveries } from './WebhookDeliveries.tsx';
import { WebhookDialog } from './WebhookDialog.tsx';
import { eventText, type Webhook } from './webhook.ts';
import { type ShownSecret, WebhookSecretDialog } from './WebhookSecretDialog.tsx';

type View = 'receivers' | 'deliveries';
type Row = Webhook & Readonly<{ eventWords: string }>;

/** ms between two looks: what waits is sent by itself. */
const LOOK_EVERY = 5000;

/** Other systems that are told of what happens here, and how the telling goes. */
export function WebhooksTab() {
  const t = useText();
  const [view, setView] = useState<View>('receivers');
  return (
    <>
      <div className="mw-setup-bar">
        <Segmented<View>
          size="small"
          value={view}
          options={[
            { value: 'receivers', label: t('setup.webhooks.receivers') },
            { value: 'deliveries', label: t('setup.webhooks.deliveries') },
          ]}
          onChange={setView}
        />
        <span className="mw-soft">{t('setup.webhooks.note')}</span>
        <ApiLink />
      </div>
      {view === 'receivers' ? <Receivers /> : <WebhookDeliveries />}
    </>
  );
}

/** In the desktop window there is no page of the service to open. */
function ApiLink() {
  const t = useText();
  if (!location.protocol.startsWith('http')) return null;
  return (
    <a href="/api/docs/" target="_blank" rel="noreferrer">
      {t('setup.webhooks.apiPage')}
    </a>
  );
}

function Receivers() {
  const query = useQueryOperation('webhooks.list', {}, { refetchInterval: LOOK_EVERY });
  return <Loaded query={query}>{({ webhooks }) => <ReceiverList webhooks={webhooks} />}</Loaded>;
}

function ReceiverList({ webhooks }: Readonly<{ webhooks: readonly Webhook[] }>) {
  const t = useText();
  const [edited, setEdited] = useState<Webhook | 'new'>();
  const [shown, setShown] = useState<ShownSecret>();
  const makeSecret = useMakeSecret(setShown);
  const columns = useColumns();
  const rows = useMemo(
    () =>
      webhooks.map((webhook) => ({
        ...webhook,
        eventWords: webhook.events.map((event) => eventText(t, event)).join(' / '),
      })),
    [webhooks, t],
  );
  return (
    <>
      <LocalGrid<Row>
        id="setup.webhooks"
        rows={rows}
        columns={columns}
        rowKey="id"
        onOpen={setEdited}
        empty={<EmptyState text={t('setup.webhooks.emptyText')} />}
        footer={
          <ActionButton size="small" type="link" hotkey="Alt+N" onClick={() => setEdited('new')}>
            {t('setup.webhooks.add')}
          </ActionButton>
        }
      />
      {edited !== undefined && (
        <WebhookDialog
          webhook={edited === 'new' ? null : edited}
          onNeedsSecret={makeSecret}
          onClose={() => setEdited(undefined)}
        />
      )}
      {shown && <WebhookSecretDialog shown={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}

/** Makes a secret for a receiver that is new, or whose secret is to be another one. */
function useMakeSecret(onMade: (shown: ShownSecret) => void) {
  const t = useText();
  const { message } = App.useApp();
  const format = useFormat();
  const { mutate } = useOperation('webhooks.newSecret');
  return ({ id, version, url }: Pick<Webhook, 'id' | 'version' | 'url'>) =>
    mutate(
      { id, version },
      {
        onSuccess: ({ secret }) => onMade({ url, secret }),
        onError: (error) => void message.error(errorText(t, format, error)),
      },
    );
}

function useColumns(): readonly GridColumn<Row>[] {
  const t = useText();
  return [
    { key: 'url', title: t('setup.webhooks.columns.url'), width: 330 },
    { key: 'eventWords', title: t('setup.webhooks.columns.events'), grows: true },
    {
      key: 'isActive',
      title: t('setup.webhooks.columns.state'),
      type: 'yesNo',
      width: 100,
      render: ({ isActive }) => (
        <ToneTag tone={isActive ? 'good' : 'quiet'}>
          {isActive ? t('setup.webhooks.active') : t('setup.webhooks.inactive')}
        </ToneTag>
      ),
    },
    { key: 'waitingCount', title: t('setup.webhooks.states.waiting'), type: 'count', width: 90 },
    {
      key: 'givenUpCount',
      title: t('setup.webhooks.states.given-up'),
      type: 'count',
      width: 90,
      render: ({ givenUpCount }) =>
        givenUpCount > 0 ? <ToneTag tone="bad">{String(givenUpCount)}</ToneTag> : <span className="mw-soft">0</span>,
    },
    { key: 'lastDeliveredAt', title: t('setup.webhooks.columns.lastDeliveredAt'), type: 'instant', width: 160 },
  ];
}
