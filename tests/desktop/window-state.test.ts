import { expect, test } from 'vitest';
import { boundsToOpen, parseWindowState, SMALLEST } from '#electron/window-state.ts';

const SCREEN = { x: 0, y: 0, width: 1920, height: 1040 };
const state = (bounds: { x: number; y: number; width: number; height: number }) => ({ bounds, isMaximized: false });

test('the first time, it opens in the smallest size the screens are made for', () => {
  expect(boundsToOpen(undefined, [SCREEN])).toEqual(SMALLEST);
});

test('it opens where it was', () => {
  const bounds = { x: 200, y: 100, width: 1500, height: 900 };
  expect(boundsToOpen(state(bounds), [SCREEN])).toEqual(bounds);
});

test('it does not open where there is no screen any more', () => {
  const bounds = { x: 2200, y: 100, width: 1500, height: 900 };
  expect(boundsToOpen(state(bounds), [SCREEN])).toEqual({ width: 1500, height: 900 });
  expect(boundsToOpen(state(bounds), [SCREEN, { x: 1920, y: 0, width: 1920, height: 1040 }])).toEqual(bounds);
  expect(boundsToOpen(state({ ...bounds, x: 100, y: -300 }), [SCREEN])).toEqual({ width: 1500, height: 900 });
});

test('a size too small for the screens is not kept', () => {
  expect(boundsToOpen(state({ x: 0, y: 0, width: 300, height: 200 }), [SCREEN])).toEqual({ x: 0, y: 0, ...SMALLEST });
});

test.each([
  '',
  '{',
  'null',
  '[]',
  '{"bounds":null}',
  '{"bounds":{"x":0,"y":0,"width":"1","height":1},"isMaximized":true}',
])('a damaged file (%s) is as none', (text) => {
  expect(parseWindowState(text)).toBeUndefined();
});

test('what was kept is read again', () => {
  const kept = { bounds: { x: -8, y: 0, width: 1400, height: 800 }, isMaximized: true };
  expect(parseWindowState(JSON.stringify(kept))).toEqual(kept);
});
