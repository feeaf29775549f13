import { QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import en from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import type { Language } from '#renderer/text/index.ts';
import { useLanguage } from '#renderer/text/react.ts';
import { createCache } from '#renderer/api/cache.ts';
import { useTheme } from '#renderer/ui/theme.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Gate } from './Gate.tsx';
import { PcGate } from './PcGate.tsx';
import { SessionProvider } from './session.tsx';

const cache = createCache();

const COMPONENT_TEXTS: Readonly<Record<Language, typeof en>> = { 'zh-CN': zhCN, en };

export function MendwayApp() {
  const language = useLanguage();
  return (
    <ConfigProvider
      theme={useTheme()}
      locale={COMPONENT_TEXTS[language]}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <App message={{ top: 52, maxCount: 3 }}>
        <ErrorBoundary>
          <QueryClientProvider client={cache}>
            <PcGate>
              <SessionProvider>
                <Gate />
              </SessionProvider>
            </PcGate>
          </QueryClientProvider>
        </ErrorBoundary>
      </App>
    </ConfigProvider>
  );
}
