import { isIP } from 'node:net';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const YEAR = 365.25 * 24 * 60 * 60 * 1000;
const YEARS = 20;

/** A station whose clock is far behind still gets through, and is told so. */
const VALID_FROM = Date.UTC(2020, 0, 1);

export type Wanted = Readonly<{
  names: readonly string[];
  /** ms UTC */
  now: number;
  /** Years from now until it ends. */
  years?: number;
}>;

/** A certificate for these names and addresses, signed by itself, with its key (both PEM; ECDSA on P-256). */
export async function makeCertificate({ names, now, years = YEARS }: Wanted): Promise<{ cert: string; key: string }> {
  // Only who makes one needs the library, and that is once in the life of a data folder.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: ['Mendway'] }],
    notBefore: new Date(VALID_FROM),
    notAfter: new Date(now + years * YEAR),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value })),
      ),
    ],
  });
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { cert: certificate.toString('pem'), key: x509.PemConverter.encode(key, x509.PemConverter.PrivateKeyTag) };
}
