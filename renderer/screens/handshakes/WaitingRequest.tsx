import type { OutputOf } from '#operations/index.ts';
import { StandingTag } from './standing.tsx';

type Request = OutputOf<'today.overview'>['requests'][number]['rows'][number];

/** A request in two lines: of whom it is and what it is about. */
export function WaitingRequest({ request }: Readonly<{ request: Request }>) {
  const isRefused = request.state === 'refused';
  return (
    <>
      <span className="mw-waiting-line">
        <strong>{isRefused ? request.toUnit : request.unit}</strong>
        <span className="mw-waiting-what">{request.subject}</span>
        <StandingTag state={request.state} outcome={request.outcome} />
      </span>
      <span className="mw-waiting-line mw-soft">{request.number}</span>
    </>
  );
}
