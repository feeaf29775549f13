import { type ReactNode, Suspense } from 'react';
import { useLocation } from 'react-router';
import type { Right } from '#domain/access/rights.ts';
import { Loading, NoPermission } from '#renderer/ui/index.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { useMay } from './session.tsx';

type Props = Readonly<{ rights: readonly [Right, ...Right[]]; children: ReactNode }>;

/** Around every screen: its right, its loading, and a fault in it that must not take the others down. */
export function ScreenFrame({ rights, children }: Props) {
  const may = useMay();
  const { pathname } = useLocation();
  if (!may(rights)) return <NoPermission right={rights[0]} />;
  return (
    <ErrorBoundary key={pathname}>
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </ErrorBoundary>
  );
}
