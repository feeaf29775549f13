import { expect, test } from 'vitest';
import { isOwnPage, isSamePage, isTrustedSender } from '#electron/navigation.ts';

test.each([
  ['mendway://app/index.html', true],
  ['mendway://app/index.html#/work-orders/1', true],
  ['mendway://app/first-run/index.html', true],
  ['mendway://app/index.html?x=1', false],
  ['mendway://other/index.html', false],
  ['mendway://app.evil/index.html', false],
  ['https://app/index.html', false],
  ['file:///index.html', false],
  ['about:blank', false],
  ['', false],
])('%s is a page of the app: %s', (address, isOwn) => {
  expect(isOwnPage(address)).toBe(isOwn);
});

test('the place in a page is no other page', () => {
  expect(isSamePage('mendway://app/index.html#/stock', 'mendway://app/index.html')).toBe(true);
  expect(isSamePage('mendway://app/index.html', 'mendway://app/first-run/index.html')).toBe(false);
});

test.each([
  [{ url: 'mendway://app/index.html', parent: null }, true],
  [{ url: 'mendway://app/index.html', parent: {} }, false],
  [{ url: 'https://example.com/', parent: null }, false],
  [null, false],
  [undefined, false],
])('a message from %o is listened to: %s', (frame, isTrusted) => {
  expect(isTrustedSender(frame)).toBe(isTrusted);
});
