/** The page of the first start, when the data folder holds no company: make one, join one, or look around in a sample. */
import type { FieldFault } from '#domain/errors.ts';
import { createTranslator, isTextKey, languageOf, type TextKey } from '#renderer/text/index.ts';
import type { SampleSignIn } from '#server/sample/people.ts';
import { element, field, showFaults, type Field } from './elements.ts';
import { joinCard } from './join.ts';
import { callService, explain, faultsIn, faultText, isInBrowser, loadInterface } from './service.ts';

const t = createTranslator(languageOf(navigator.language));

const fields: Readonly<Record<string, Field>> = {
  code: field('code', t('desktop.firstRun.code'), { hint: t('desktop.firstRun.codeHint'), maxLength: 8 }),
  name: field('name', t('desktop.firstRun.name'), { maxLength: 100 }),
  timeZone: field('timeZone', t('desktop.firstRun.timeZone'), { value: zoneHere() }),
  currency: field('currency', t('desktop.firstRun.currency'), { value: 'CNY', maxLength: 3 }),
  number: field('administrator.number', t('desktop.firstRun.administratorNumber'), { maxLength: 40 }),
  person: field('administrator.name', t('desktop.firstRun.administratorName'), { maxLength: 100 }),
  password: field('administrator.password', t('desktop.firstRun.password'), {
    hint: t('session.passwordRule'),
    isSecret: true,
  }),
  repeated: field('repeated', t('desktop.firstRun.repeatPassword'), { isSecret: true }),
};

const wholeFault = element('p', { className: 'fault', role: 'alert' });
const createButton = element('button', { type: 'submit' }, t('desktop.firstRun.create'));
const sampleButton = element('button', { type: 'button', className: 'second' }, t('desktop.firstRun.sampleButton'));
const sampleFault = element('p', { className: 'fault', role: 'alert' });

show();

function show(): void {
  document.documentElement.lang = languageOf(navigator.language);
  document.title = t('app.name');
  const form = element('form', { className: 'card' });
  form.noValidate = true;
  form.append(
    element('h2', {}, t('desktop.firstRun.newCompany')),
    element('p', {}, t('desktop.firstRun.newCompanyHint')),
    pair(fields['code'], fields['name']),
    pair(fields['timeZone'], fields['currency']),
    pair(fields['number'], fields['person']),
    pair(fields['password'], fields['repeated']),
    createButton,
    wholeFault,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void createCompany();
  });
  sampleButton.addEventListener('click', () => void createSample());
  const sample = element('section', { className: 'card' });
  sample.append(
    element('h2', {}, t('desktop.firstRun.sample')),
    element('p', {}, t('desktop.firstRun.sampleHint')),
    sampleButton,
    sampleFault,
  );
  const others = element('div', { className: 'others' });
  others.append(joinCard({ t, show: showStep, back: show, begin }), sample);
  const choices = element('div', { className: 'choices' });
  choices.append(form, others);
  showStep(t('desktop.firstRun.title'), element('p', {}, t('desktop.firstRun.intro')), choices);
  fields['code']?.input.focus();
}

function showStep(title: string, ...parts: HTMLElement[]): void {
  document.querySelector('#root')?.replaceChildren(element('h1', {}, title), ...parts);
}

function pair(...both: readonly (Field | undefined)[]): HTMLElement {
  const row = element('div', { className: 'pair' });
  row.append(...both.flatMap((one) => (one ? [one.label] : [])));
  return row;
}

async function createCompany(): Promise<void> {
  const value = (name: string) => fields[name]?.input.value.trim() ?? '';
  if (value('password') !== value('repeated'))
    return refuse([{ path: 'repeated', rule: 'passwordsDiffer', params: {} }]);
  const company = {
    code: value('code').toUpperCase(),
    name: value('name'),
    timeZone: value('timeZone'),
    currency: value('currency').toUpperCase(),
    administrator: {
      number: value('number'),
      name: value('person'),
      password: fields['password']?.input.value ?? '',
    },
  };
  const made = await run('createCompany', createButton, wholeFault, 'desktop.firstRun.working', company);
  if (made !== undefined) begin(createButton, wholeFault);
}

async function createSample(): Promise<void> {
  const people = await run('createSample', sampleButton, sampleFault, 'desktop.firstRun.sampleWorking', {});
  if (people) showSignIns(people as readonly SampleSignIn[]);
}

/** Who one can look around as; the interface comes when they have been read. */
function showSignIns(people: readonly SampleSignIn[]): void {
  const beginButton = element('button', { type: 'button' }, t('desktop.firstRun.begin'));
  const fault = element('p', { className: 'fault', role: 'alert' });
  beginButton.addEventListener('click', () => begin(beginButton, fault));
  const table = element('table');
  const heads = [t('session.number'), t('fields.name'), t('desktop.firstRun.roles'), t('session.password')];
  table.append(row('th', heads));
  for (const { number, name, roles, password } of people)
    table.append(row('td', [number, name, roles.split(', ').map(roleText).join(' / '), password]));
  const card = element('section', { className: 'card' });
  card.append(element('p', {}, t('desktop.firstRun.sampleReady')), table, beginButton, fault);
  showStep(t('desktop.firstRun.sample'), card);
  beginButton.focus();
}

function row(tag: 'th' | 'td', cells: readonly string[]): HTMLElement {
  const made = element('tr');
  made.append(...cells.map((cell) => element(tag, {}, cell)));
  return made;
}

function roleText(role: string): string {
  const key = `roles.${role}`;
  return isTextKey(key) ? t(key) : role;
}

/** The company is here: the interface takes this page's place. The desktop's shell does that by itself. */
function begin(button: HTMLButtonElement, fault: HTMLElement): void {
  void run('begin', button, fault, 'app.connecting', {}).then((begun) =>
    begun !== undefined && isInBrowser ? loadInterface() : undefined,
  );
}

/** Asks the station process; undefined when it refused, which is then shown. After `begin` the shell loads the interface. */
async function run(name: string, button: HTMLButtonElement, fault: HTMLElement, working: TextKey, input: unknown) {
  const label = button.textContent;
  const buttons = [createButton, sampleButton, button];
  refuse([]);
  fault.textContent = '';
  button.textContent = t(working);
  for (const one of buttons) one.disabled = true;
  try {
    return await callService(name, input);
  } catch (error) {
    fault.textContent = explain(t, error);
    refuse(faultsIn(error));
    for (const one of buttons) one.disabled = false;
    button.textContent = label;
    return undefined;
  }
}

function refuse(faults: readonly FieldFault[]): void {
  showFaults(Object.values(fields), faults, (fault) => faultText(t, fault));
}

function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
