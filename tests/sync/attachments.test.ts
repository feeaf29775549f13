import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { wantContent } from '#db/sync/contents.ts';
import { pullContents, pushContents } from '#sync/station/contents.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { intake } from './lib/given.ts';
import { openTestCompany, type LinkedStation, type TestCompany } from './lib/company.ts';

const PHOTO = randomBytes(2_500_000); // three pieces

describe.each(DIALECTS)('attachments and a server on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('travel apart from their rows', () => {
    let company: TestCompany;
    let n1: LinkedStation;
    let n2: LinkedStation;
    let s1: LinkedStation;
    beforeEach(async () => {
      company = await openTestCompany(dialect);
      [n1, n2, s1] = [await company.join('N1'), await company.join('N2'), await company.join('S1')];
      const photos = [{ name: 'a.jpg', mediaType: 'image/jpeg', base64: PHOTO.toString('base64') }] as const;
      await n1.run('workOrders.registerIntake', { ...intake('王芳'), photos: [...photos] });
      for (const station of [n1, n2, s1]) await station.sync();
    });
    afterEach(() => company.close());

    const bytes = async (place: Pick<LinkedStation, 'rows'>) =>
      (await place.rows<{ n: number }>('SELECT LENGTH(content) AS n FROM attachment_contents')).map(({ n }) => n);

    test('to the server, whole and once', async () => {
      expect(await bytes(company)).toEqual([]);
      await pushContents(n1.station, n1.line);
      await pushContents(n1.station, n1.line);
      expect(await bytes(company)).toEqual([PHOTO.length]);
      expect(await company.rows('SELECT * FROM attachment_pieces')).toEqual([]);
    });

    test('cut off in the middle, on from there', async () => {
      let puts = 0;
      const { client } = n1.line;
      const cut: typeof client = {
        ...client,
        request: (call) => {
          if (call.method === 'PUT' && ++puts === 3) throw new Error('the line is cut');
          return client.request(call);
        },
      };
      await expect(pushContents(n1.station, { ...n1.line, client: cut })).rejects.toThrow('the line is cut');
      expect(await company.rows('SELECT COUNT(*) AS n FROM attachment_pieces')).toEqual([{ n: 2 }]);
      puts = 10;
      await pushContents(n1.station, { ...n1.line, client: cut });
      expect(puts).toBe(11); // one piece was missing
      expect(await bytes(company)).toEqual([PHOTO.length]);
    });

    test('to another outlet of the region when somebody there wants to see it, to no other region', async () => {
      await pushContents(n1.station, n1.line);
      await pullContents(n2.station, n2.line);
      expect(await bytes(n2)).toEqual([]);
      const [{ sha256 }] = (await n2.rows<{ sha256: string }>('SELECT sha256 FROM attachments')) as [
        { sha256: string },
      ];
      await n2.store.write((trx) => wantContent(trx, sha256, 1));
      await pullContents(n2.station, n2.line);
      expect(await bytes(n2)).toEqual([PHOTO.length]);
      const path = `/sync/v1/attachments/${sha256}?position=0`;
      const headers = { authorization: `Bearer ${s1.line.token}` };
      expect((await s1.line.client.request({ method: 'GET', path, headers })).status).toBe(404);
      const body = PHOTO.subarray(0, 10);
      expect((await s1.line.client.request({ method: 'PUT', path, headers, body })).status).not.toBe(200);
    });

    test('are asked for by whoever opens the page, and told to be on their way until they are there', async () => {
      await pushContents(n1.station, n1.line);
      const [attachment] = await n2.rows<{ id: string }>('SELECT id FROM attachments');
      const { id } = attachment!;
      await expect(n2.run('attachments.content', { id })).rejects.toMatchObject({ code: 'attachment.at-server' });
      await n2.run('attachments.fetch', { id });
      expect((await n2.link()).wantedAt).toBe(n2.clock.now);
      await pullContents(n2.station, n2.line);
      expect((await n2.run('attachments.content', { id })).base64).toBe(PHOTO.toString('base64'));
      expect(await n2.rows('SELECT * FROM attachments_wanted')).toEqual([]);
    });

    test('that lie about their hash or size are not kept', async () => {
      const [{ sha256 }] = (await n1.rows<{ sha256: string }>('SELECT sha256 FROM attachments')) as [
        { sha256: string },
      ];
      const headers = { authorization: `Bearer ${n1.line.token}` };
      const put = (position: number, body: Buffer) =>
        n1.line.client.request({
          method: 'PUT',
          path: `/sync/v1/attachments/${sha256}?position=${position}`,
          headers,
          body,
        });
      const piece = Buffer.alloc(1_000_000);
      expect((await put(0, Buffer.alloc(1_100_000))).status).toBe(413);
      await put(0, piece);
      await put(1_000_000, piece);
      await put(2_000_000, Buffer.alloc(500_000));
      expect(await bytes(company)).toEqual([]);
      expect((await put(0, Buffer.alloc(PHOTO.length - 1_000_000))).status).toBe(413);
      await pushContents(n1.station, n1.line);
      expect(await bytes(company)).toEqual([PHOTO.length]);
    });
  });
});
