import { QueryClient } from '@tanstack/react-query';
import { OperationFailed } from './failure.ts';

const RETRIES = 2;

/** One cache per window. The service is on this machine or this network: whether the internet is up does not matter. */
export function createCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', retry: isWorthRetrying, refetchOnWindowFocus: true, staleTime: 0 },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

function isWorthRetrying(failures: number, error: Error): boolean {
  return failures < RETRIES && error instanceof OperationFailed && error.code === 'connection.lost';
}
