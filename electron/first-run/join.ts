import { fingerprintGroups } from '#domain/sync/enrolment-code.ts';
import type { Translate } from '#renderer/text/index.ts';
import type { Enrolled } from '#sync/station/enrolment.ts';
import type { SnapshotProgress } from '#sync/station/fetch-snapshot.ts';
import type { Inspected } from '#sync/station/enrol.ts';
import { element, field, showFaults, type Field } from './elements.ts';
import { callService, explain, faultsIn, faultText } from './service.ts';

/** Joining a company, step by step: address and code, comparing the fingerprint, fetching the data, what could not be brought back. */

type Steps = Readonly<{
  t: Translate;
  /** Puts a step into the page instead of the last. */
  show(title: string, ...parts: HTMLElement[]): void;
  /** To the choice of how to begin. */
  back(): void;
  /** Loads the interface of the company that is here now. */
  begin(button: HTMLButtonElement, fault: HTMLElement): void;
}>;

type Typed = Readonly<{ address: string; code: string }>;

const PROGRESS_MS = 500;

/** The card among the ways to begin. */
export function joinCard(steps: Steps): HTMLElement {
  const { t } = steps;
  const address = field('address', t('enrolment.address'), { hint: t('enrolment.addressHint'), maxLength: 300 });
  const code = field('code', t('enrolment.code'), { hint: t('enrolment.codeHint'), maxLength: 40 });
  const button = element('button', { type: 'submit', className: 'second' }, t('enrolment.lookUp'));
  const fault = faultLine();
  const card = element('form', { className: 'card', noValidate: true });
  card.append(
    element('h2', {}, t('enrolment.title')),
    element('p', {}, t('enrolment.hint')),
    address.label,
    code.label,
    button,
    fault,
  );
  card.addEventListener('submit', (event) => {
    event.preventDefault();
    const typed = { address: address.input.value, code: code.input.value };
    void lookUp(steps, typed, { button, fault, fields: [address, code] });
  });
  return card;
}

type Form = Readonly<{ button: HTMLButtonElement; fault: HTMLElement; fields: readonly Field[] }>;

async function lookUp(steps: Steps, typed: Typed, { button, fault, fields }: Form): Promise<void> {
  const { t } = steps;
  showFaults(fields, [], () => '');
  fault.textContent = '';
  button.textContent = t('enrolment.looking');
  button.disabled = true;
  try {
    compare(steps, typed, (await callService('inspect', typed)) as Inspected);
  } catch (error) {
    fault.textContent = explain(t, error);
    showFaults(fields, faultsIn(error), (one) => faultText(t, one));
  }
  button.textContent = t('enrolment.lookUp');
  button.disabled = false;
}

/** Nobody in between, before anything is sent: the fingerprint as large as it has to be to be read out. */
function compare(steps: Steps, typed: Typed, seen: Inspected): void {
  const { t } = steps;
  const { address, company, isPublic, fingerprint } = seen;
  const go = element('button', { type: 'button' }, t(isPublic ? 'enrolment.join' : 'enrolment.same'));
  const back = element('button', { type: 'button', className: 'second' }, t('enrolment.other'));
  go.addEventListener('click', () => void join(steps, typed, seen));
  back.addEventListener('click', () => steps.back());
  const groups = element('div', { className: 'fingerprint' });
  groups.append(...fingerprintGroups(fingerprint).map((group) => element('span', {}, group)));
  const card = element('section', { className: 'card' });
  card.append(
    element('p', {}, t('enrolment.compareCompany', { address, company })),
    element('p', {}, t(isPublic ? 'enrolment.vouched' : 'enrolment.compareText')),
    ...(isPublic ? [] : [groups]),
    buttons(go, back),
  );
  steps.show(t('enrolment.compareTitle'), card);
  (isPublic ? go : back).focus(); // Enter alone must not say that two things were compared.
}

async function join(steps: Steps, typed: Typed, seen: Inspected): Promise<void> {
  const { t } = steps;
  const line = element('p', { role: 'status' }, t('enrolment.joining'));
  const bar = element('progress', { max: 1 });
  const card = element('section', { className: 'card' });
  card.append(line, bar, element('p', {}, t('enrolment.keepOn')));
  steps.show(seen.company, card);
  const timer = setInterval(() => void showProgress(t, line, bar), PROGRESS_MS);
  try {
    const fingerprint = seen.isPublic ? null : seen.fingerprint;
    const input = { address: seen.address, code: typed.code, fingerprint };
    showJoined(steps, seen, (await callService('join', input)) as Enrolled);
  } catch (error) {
    showFailure(
      steps,
      typed,
      seen,
      explain(t, error) ||
        faultsIn(error)
          .map((one) => faultText(t, one))
          .join(' '),
    );
  } finally {
    clearInterval(timer);
  }
}

async function showProgress(t: Translate, line: HTMLElement, bar: HTMLProgressElement): Promise<void> {
  const come = (await callService('progress', {}).catch(() => null)) as SnapshotProgress | null;
  if (!come) return;
  line.textContent = t(`enrolment.${come.step}`, { percent: Math.floor(come.share * 100) });
  bar.value = come.share;
}

function showFailure(steps: Steps, typed: Typed, seen: Inspected, reason: string): void {
  const { t } = steps;
  const again = element('button', { type: 'button' }, t('common.retry'));
  const back = element('button', { type: 'button', className: 'second' }, t('common.back'));
  again.addEventListener('click', () => void join(steps, typed, seen));
  back.addEventListener('click', () => steps.back());
  const card = element('section', { className: 'card' });
  const fault = faultLine();
  fault.textContent = reason;
  card.append(fault, element('p', {}, t('enrolment.keepOn')), buttons(again, back));
  steps.show(seen.company, card);
  again.focus();
}

/** It is done; what only the PC before this one had is named, so that somebody can look for it. */
function showJoined(steps: Steps, { company }: Inspected, enrolled: Enrolled): void {
  const { t } = steps;
  const { unitCode: unit, unitName: name, lost, lastHeardAt } = enrolled;
  const open = element('button', { type: 'button' }, t('enrolment.open'));
  const fault = faultLine();
  open.addEventListener('click', () => steps.begin(open, fault));
  const card = element('section', { className: 'card' });
  card.append(element('p', {}, t('enrolment.done', { unit, name, company })));
  if (lost.length > 0) card.append(...lostParts(t, lost, lastHeardAt));
  else if (lastHeardAt !== null) card.append(element('p', {}, t('enrolment.nothingLost')));
  card.append(element('p', {}, t('enrolment.signIn')), open, fault);
  steps.show(company, card);
  open.focus();
}

function lostParts(t: Translate, lost: readonly string[], lastHeardAt: number | null): HTMLElement[] {
  const numbers = element('div', { className: 'lost' });
  numbers.append(...lost.map((number) => element('span', {}, number)));
  const heard = lastHeardAt === null ? '' : t('enrolment.lastHeard', { at: new Date(lastHeardAt).toLocaleString() });
  return [element('p', { className: 'warning' }, t('enrolment.lost')), numbers, element('p', {}, heard)];
}

const faultLine = () => element('p', { className: 'fault', role: 'alert' });

function buttons(...both: readonly HTMLElement[]): HTMLElement {
  const row = element('div', { className: 'buttons' });
  row.append(...both);
  return row;
}
