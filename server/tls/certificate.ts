import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeCertificate } from './make-certificate.ts';

/** What a service shows of itself over HTTPS. */
export type Certificate = Readonly<{
  cert: string; // PEM
  key: string; // PEM
  /** SHA-256 in the form AA:BB:… */
  fingerprint: string;
  /** Names and addresses it stands for, in lower case. */
  names: readonly string[];
}>;

/** A certificate given by configuration, as two PEM files. */
export type CertificateFiles = Readonly<{ cert: string; key: string }>;

export type CertificateOptions = Readonly<{
  /** This machine's names and addresses, for a certificate that has to be made. */
  names: readonly string[];
  files?: CertificateFiles | undefined;
  /** ms UTC */
  now: number;
}>;

/** The certificate can't be used; the message says what to do. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
}

/**
 * The configured certificate, else the folder's own, which is made at the first start and stays: whoever has confirmed its
 * fingerprint finds it again.
 * @throws CertificateError when it can't be read, doesn't fit its key, or isn't valid now
 */
export async function certificateIn(folder: string, { names, files, now }: CertificateOptions): Promise<Certificate> {
  if (files) return checked(readPem(files.cert), readPem(files.key), files.cert, now);
  const own = path.join(folder, 'server-certificate.pem');
  if (!existsSync(own)) {
    mkdirSync(folder, { recursive: true });
    const { cert, key } = await makeCertificate({ names, now });
    putOnce(own, `${cert}\n${key}\n`);
  }
  const both = readPem(own);
  return checked(both, both, own, now);
}

/** One file for both, there whole or not at all: of two processes that start together, the first one's counts. */
function putOnce(file: string, content: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CertificateError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function checked(certPem: string, keyPem: string, file: string, now: number): Certificate {
  const cert = blocks(certPem, 'CERTIFICATE').join('\n');
  const key = blocks(keyPem, '(?:EC |RSA )?PRIVATE KEY').join('\n');
  const { parsed, fits } = parse(cert, key, file);
  if (!fits) throw new CertificateError(`The private key does not belong to the certificate in ${file}.`);
  const [from, to] = [parsed.validFromDate, parsed.validToDate];
  if (now < from.getTime() || now > to.getTime())
    throw new CertificateError(
      `The certificate in ${file} is valid from ${day(from)} to ${day(to)}, and today is ${day(new Date(now))}. ` +
        'Set the clock of this machine, or have the certificate renewed and start again.',
    );
  return { cert, key, fingerprint: parsed.fingerprint256, names: namesOf(parsed) };
}

function parse(cert: string, key: string, file: string): { parsed: X509Certificate; fits: boolean } {
  try {
    const parsed = new X509Certificate(cert);
    return { parsed, fits: parsed.checkPrivateKey(createPrivateKey(key)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CertificateError(`${file} holds no certificate with its private key in PEM form: ${reason}`);
  }
}

function blocks(pem: string, kind: string): string[] {
  return pem.match(new RegExp(`-----BEGIN ${kind}-----[^-]+-----END ${kind}-----`, 'g')) ?? [];
}

/** `DNS:host, IP Address:10.0.0.1`; without any, its common name. */
function namesOf(certificate: X509Certificate): string[] {
  const listed = [...(certificate.subjectAltName ?? '').matchAll(/(?:DNS|IP Address):([^,\s"]+)/g)];
  const common = /^CN=(.+)$/m.exec(certificate.subject)?.[1];
  const names = listed.length > 0 ? listed.map((match) => match[1]) : [common];
  return names.flatMap((name) => (name === undefined ? [] : [name.toLowerCase()]));
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
