import { Link } from 'react-router';
import { CheckOutlined } from '@ant-design/icons';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay, useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { EmptyState, Loaded, Page, useToday } from '#renderer/ui/index.ts';
import { WaitingCard } from './WaitingCard.tsx';
import { WaitingRequest } from '../handshakes/WaitingRequest.tsx';
import { WaitingOrder } from './WaitingOrder.tsx';
import './today.css';

type Overview = OutputOf<'today.overview'>;
type ListKey = Overview['lists'][number]['key'];

const FRESH_AFTER = 30_000; // Milliseconds.

/** Where all of a list is found. */
const PLACES: Readonly<Record<ListKey, string>> = {
  'my-work': '/work-orders?scope=mine',
  overdue: '/work-orders?scope=overdue',
  'due-today': '/work-orders?scope=open',
  'to-dispatch': '/dispatch',
  'waiting-for-parts': '/work-orders?scope=open&states=waiting-for-parts',
  'to-audit': '/audit',
  'to-settle': '/settlement',
  'to-hand-over': '/work-orders?scope=open&states=settled',
};

/** Where requests of other units are answered. */
const REQUESTS: Readonly<Record<Overview['requests'][number]['kind'], string>> = {
  referral: '/referrals',
  sale: '/sales',
  transfer: '/stock?tab=transfers',
  requisition: '/supply?tab=requisitions',
};

/** What waits for whoever is signed in, the most pressing of each kind, and the way to all of it. */
export function TodayScreen() {
  const t = useText();
  const today = useToday();
  const { actor } = useSession();
  const query = useQueryOperation('today.overview', {}, { refetchInterval: FRESH_AFTER });
  return (
    <Page
      title={t('today.title')}
      extra={<span className="mw-soft">{t('today.greeting', { name: actor.name, date: today })}</span>}
    >
      <Loaded query={query}>{(overview) => <Cards overview={overview} />}</Loaded>
    </Page>
  );
}

function Cards({ overview }: Readonly<{ overview: Overview }>) {
  const t = useText();
  const may = useMay();
  const { lists, requests, partsBelowMin, partsOutOfStock, payPeriods } = overview;
  const waiting = lists.filter(({ count }) => count > 0);
  const asked = requests.filter(({ count }) => count > 0);
  const quiet = lists.filter(({ count }) => count === 0);
  const isNothing =
    waiting.length === 0 &&
    asked.length === 0 &&
    !partsBelowMin?.count &&
    !partsOutOfStock?.count &&
    !payPeriods?.count;
  return (
    <>
      {isNothing && <EmptyState icon={<CheckOutlined />} title={t('today.allDone')} text={t('today.allDoneText')} />}
      <div className="mw-today">
        {waiting.map(({ key, count, rows }) => (
          <WaitingCard
            key={key}
            title={t(`today.lists.${key}`)}
            count={count}
            tone={key === 'overdue' ? 'bad' : 'neutral'}
            path={PLACES[key]}
            rows={rows.map((order) => ({
              key: order.id,
              content: <WaitingOrder order={order} />,
              path: may('work.view') ? `/work-orders/${order.id}` : undefined,
            }))}
          />
        ))}
        {asked.map(({ kind, count, rows }) => (
          <WaitingCard
            key={kind}
            title={t(`today.requests.${kind}`)}
            count={count}
            tone="waiting"
            path={REQUESTS[kind]}
            rows={rows.map((request) => ({
              key: request.id,
              content: <WaitingRequest request={request} />,
              path: REQUESTS[kind],
            }))}
          />
        ))}
        <PartsCard title={t('today.partsBelowMin')} parts={partsBelowMin} path="/stock?tab=availability" />
        <PartsCard title={t('today.partsOutOfStock')} parts={partsOutOfStock} path="/stock" />
        {payPeriods !== null && payPeriods.count > 0 && (
          <WaitingCard
            title={t('today.payPeriods')}
            count={payPeriods.count}
            tone="neutral"
            path="/payroll"
            rows={payPeriods.rows.map(({ id, fromOn, toOn }) => ({
              key: id,
              content: `${fromOn} – ${toOn}`,
              path: '/payroll',
            }))}
          />
        )}
      </div>
      {quiet.length > 0 && !isNothing && (
        <div className="mw-today-quiet">
          {quiet.map(({ key }) => (
            <Link key={key} to={PLACES[key]}>
              {t(`today.lists.${key}`)} {t('today.none')}
            </Link>
          ))}
        </div>
      )}
    </>
  );
}

type PartsProps = Readonly<{
  title: string;
  parts: Overview['partsBelowMin'] | Overview['partsOutOfStock'];
  path: string;
}>;

/** Parts the keeper has to see to; nothing where there are none, or they aren't his to see to. */
function PartsCard({ title, parts, path }: PartsProps) {
  if (parts === null || parts.count === 0) return null;
  const rows = parts.rows.map((part) => {
    const where = 'warehouse' in part ? ` · ${part.warehouse}` : '';
    return { key: part.id, content: `${part.number} ${part.name}${where}`, path };
  });
  return <WaitingCard title={title} count={parts.count} tone="waiting" path={path} rows={rows} />;
}
