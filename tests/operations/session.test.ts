import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { saveCredential } from '#db/repositories/sessions.ts';
import { actorOfToken, ANONYMOUS } from '#operations/session/actor-of.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenLink } from '../helpers/given-units.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const PASSWORD = 'mendway-2026';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe.each(DIALECTS)('sessions on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of people with number and password', () => {
    let station: TestStation;
    let clerk: string;

    beforeEach(async () => {
      station = await openTestStation(dialect);
      clerk = await station.givenEmployee({ number: 'C01', name: '林晓燕', roles: ['clerk'] });
      await givenPassword(clerk, PASSWORD);
    });
    afterEach(() => station.close());

    const givenPassword = (employeeId: string, password: string, isChangeDue = false) =>
      station.store.write((trx) =>
        saveCredential(trx, { employeeId, passwordHash: `plain$${password}`, isChangeDue, changedAt: 0 }),
      );
    const signIn = (password: string, number = 'C01', commandId?: string) =>
      station.run(
        'session.signIn',
        { number, password },
        { as: ANONYMOUS, ...(commandId === undefined ? {} : { commandId }) },
      );
    const actorNow = (token: string) => station.store.read((sql) => actorOfToken(sql, token, station.clock.now));
    const wrong = (left: number) => ({ code: 'sign-in.wrong', details: { left } });

    /** Everything that is kept of what was asked and done, as one text. */
    async function everythingKept(): Promise<string> {
      const tables = ['commands', 'audit_log', 'sessions', 'change_log'];
      return JSON.stringify(await Promise.all(tables.map((table) => station.rows(`SELECT * FROM ${table}`))));
    }

    test('number and password open a session with the rights of the roles', async () => {
      const { token, actor, mustChangePassword, expiresAt } = await signIn(PASSWORD);

      expect(actor).toMatchObject({ employeeId: clerk, number: 'C01', name: '林晓燕', roles: ['clerk'] });
      expect(actor.rights).toContain('intake.register');
      expect(actor.rights).not.toContain('payroll.view');
      expect(mustChangePassword).toBe(false);
      expect(expiresAt).toBe(station.clock.now + 12 * HOUR);
      expect(await actorNow(token)).toMatchObject({ employeeId: clerk });
      expect(await station.rows('SELECT event, entity_id FROM audit_log')).toEqual([
        { event: 'signed-in', entityId: 'C01' },
      ]);
    });

    test('a session says which unit is served, and whether the company’s head office is elsewhere', async () => {
      const { unitId: id, code, name } = station.station;
      const place = { unit: { id, code, name, kind: 'outlet' }, role: 'station' };
      expect(await signIn(PASSWORD)).toMatchObject({ ...place, isLinked: false });
      const actor = await station.actorFor(['clerk']);
      await givenLink(station);
      expect(await station.run('session.current', {}, { as: actor })).toMatchObject({ ...place, isLinked: true });
    });

    test('spaces around the number are not the user’s fault', async () => {
      expect((await signIn(PASSWORD, '  C01 ')).actor.number).toBe('C01');
    });

    test('each wrong password tells how many are left, and opens nothing', async () => {
      await expect(signIn('wrong-1')).rejects.toMatchObject(wrong(4));
      await expect(signIn('wrong-1')).rejects.toMatchObject(wrong(3));
      expect(await station.count('sessions')).toBe(0);
      expect(await station.count('commands')).toBe(0);
      expect(await station.rows('SELECT event, entity_id FROM audit_log')).toEqual([
        { event: 'refused', entityId: 'C01' },
        { event: 'refused', entityId: 'C01' },
      ]);
    });

    test('after five wrong passwords even the right one is refused, for a quarter of an hour', async () => {
      for (let left = 4; left >= 0; left -= 1) await expect(signIn('wrong-1')).rejects.toMatchObject(wrong(left));
      await expect(signIn(PASSWORD)).rejects.toMatchObject({ code: 'sign-in.locked', details: { minutes: 15 } });

      station.clock.now += 15 * MINUTE + 1;
      expect((await signIn(PASSWORD)).actor.number).toBe('C01');
    });

    test('waiting is rewarded: trying while it is locked makes it no longer', async () => {
      for (let n = 0; n < 5; n += 1) await signIn('wrong-1').catch(() => undefined);
      station.clock.now += 10 * MINUTE;
      await expect(signIn(PASSWORD)).rejects.toMatchObject({ code: 'sign-in.locked', details: { minutes: 5 } });

      station.clock.now += 5 * MINUTE + 1;
      expect((await signIn(PASSWORD)).actor.number).toBe('C01');
    });

    test('a right password forgives the wrong ones before it', async () => {
      for (let n = 0; n < 4; n += 1) await signIn('wrong-1').catch(() => undefined);
      await signIn(PASSWORD);
      await expect(signIn('wrong-1')).rejects.toMatchObject(wrong(4));
    });

    test('one person’s wrong passwords lock nobody else out', async () => {
      const other = await station.givenEmployee({ number: 'C02', roles: ['clerk'] });
      await givenPassword(other, PASSWORD);
      for (let n = 0; n < 6; n += 1) await signIn('wrong-1').catch(() => undefined);
      expect((await signIn(PASSWORD, 'C02')).actor.number).toBe('C02');
    });

    test('a number nobody has, one without a password and one who has left are answered alike, lock and all', async () => {
      await station.givenEmployee({ number: 'C03', roles: ['clerk'] });
      await station.givenEmployee({ number: 'C04', roles: ['clerk'] });
      await station.store.write((trx) =>
        trx.run('UPDATE employees SET is_active = ? WHERE number = ?', [false, 'C04']),
      );
      for (const number of ['nobody', 'C03', 'C04']) {
        for (let left = 4; left >= 0; left -= 1)
          await expect(signIn(PASSWORD, number)).rejects.toMatchObject(wrong(left));
        await expect(signIn(PASSWORD, number)).rejects.toMatchObject({ code: 'sign-in.locked' });
      }
    });

    test('a session ends after a working day', async () => {
      const { token } = await signIn(PASSWORD);
      station.clock.now += 12 * HOUR - 1;
      expect((await actorNow(token)).number).toBe('C01');
      station.clock.now += 1;
      expect(await actorNow(token)).toEqual(ANONYMOUS);
    });

    test('a token nobody was given is nobody’s', async () => {
      expect(await actorNow('')).toEqual(ANONYMOUS);
      expect(await actorNow('guess')).toEqual(ANONYMOUS);
    });

    test('signing out ends all sessions of the person, and of nobody else', async () => {
      const other = await station.givenEmployee({ number: 'C02', roles: ['clerk'] });
      await givenPassword(other, PASSWORD);
      const [first, second, others] = [await signIn(PASSWORD), await signIn(PASSWORD), await signIn(PASSWORD, 'C02')];

      await station.run('session.signOut', {}, { as: await actorNow(first.token) });
      expect(await actorNow(first.token)).toEqual(ANONYMOUS);
      expect(await actorNow(second.token)).toEqual(ANONYMOUS);
      expect((await actorNow(others.token)).number).toBe('C02');
    });

    test('without a session there is neither a current one, nor one to end, nor a password to change', async () => {
      const required = { code: 'session.required' };
      const change = { current: PASSWORD, next: 'another-2026' };
      await expect(station.run('session.current', {}, { as: ANONYMOUS })).rejects.toMatchObject(required);
      await expect(station.run('session.signOut', {}, { as: ANONYMOUS })).rejects.toMatchObject(required);
      await expect(station.run('session.changePassword', change, { as: ANONYMOUS })).rejects.toMatchObject(required);
    });

    test('the current session tells who, where, and whether the password has to be changed', async () => {
      await givenPassword(clerk, PASSWORD, true);
      const { token, mustChangePassword } = await signIn(PASSWORD);
      const current = await station.run('session.current', {}, { as: await actorNow(token) });

      expect(mustChangePassword).toBe(true);
      expect(current).toMatchObject({ mustChangePassword: true, actor: { number: 'C01' }, station: { code: 'SH01' } });
    });

    test('one’s own password is changed with the old one, and from then on only the new one opens', async () => {
      await givenPassword(clerk, PASSWORD, true);
      const { token } = await signIn(PASSWORD);
      const change = { current: PASSWORD, next: 'another-2026' };
      await station.run('session.changePassword', change, { as: await actorNow(token) });

      await expect(signIn(PASSWORD)).rejects.toMatchObject({ code: 'sign-in.wrong' });
      expect((await signIn('another-2026')).mustChangePassword).toBe(false);
    });

    test('with a wrong old password nothing is changed', async () => {
      const { token } = await signIn(PASSWORD);
      const change = { current: 'wrong-1', next: 'another-2026' };
      const changed = station.run('session.changePassword', change, { as: await actorNow(token) });

      await expect(changed).rejects.toMatchObject({ code: 'password.wrong' });
      expect((await signIn(PASSWORD)).actor.number).toBe('C01');
    });

    test.each(['short-1', 'onlyletters', '1234567890', ''])('`%s` is too weak for a new password', async (next) => {
      const { token } = await signIn(PASSWORD);
      const changed = station.run('session.changePassword', { current: PASSWORD, next }, { as: await actorNow(token) });
      await expect(changed).rejects.toMatchObject({
        code: 'input.invalid',
        details: { faults: [{ path: 'next', rule: 'weakPassword' }] },
      });
    });

    test('a new password that is the old one is refused', async () => {
      const { token } = await signIn(PASSWORD);
      const change = { current: PASSWORD, next: PASSWORD };
      const changed = station.run('session.changePassword', change, { as: await actorNow(token) });
      await expect(changed).rejects.toMatchObject({
        code: 'input.invalid',
        details: { faults: [{ path: 'next', rule: 'samePassword' }] },
      });
    });

    test('a sign-in delivered twice is refused the second time: its token is kept nowhere', async () => {
      await signIn(PASSWORD, 'C01', 'c-1');
      await expect(signIn(PASSWORD, 'C01', 'c-1')).rejects.toMatchObject({ code: 'command.replayed-differently' });
      expect(await station.count('sessions')).toBe(1);
      // And is no wrong password.
      await expect(signIn('wrong-1')).rejects.toMatchObject(wrong(4));
    });

    test('neither a password nor a token is written down anywhere', async () => {
      const { token } = await signIn(PASSWORD);
      const actor = await actorNow(token);
      await signIn('wrong-secret-1').catch(() => undefined);
      await station
        .run('session.changePassword', { current: 'guessed-secret-1', next: 'another-2026' }, { as: actor })
        .catch(() => undefined);
      await station.run('session.changePassword', { current: PASSWORD, next: 'another-2026' }, { as: actor });
      await station.run('access.setPassword', { employeeId: clerk, password: 'given-2026' });

      const kept = await everythingKept();
      for (const secret of [PASSWORD, token, 'wrong-secret-1', 'guessed-secret-1', 'another-2026', 'given-2026'])
        expect(kept).not.toContain(secret);
    });
  });
});
