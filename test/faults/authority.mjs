/** A certificate authority for tests: made anew for each run, trusted by nobody who is not told to. */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;

/** Epoch ms by the machine's clock: whoever checks a certificate does not go by the tests'. */
const now = () => performance.timeOrigin + performance.now();

/**
 * @typedef {object} Identity
 * @property {string} key   PEM
 * @property {string} cert  PEM
 */

/**
 * @typedef {object} LeafOptions
 * @property {readonly string[]} [names]      DNS names
 * @property {readonly string[]} [addresses]  IP addresses
 * @property {boolean} [expired]              was valid until yesterday
 */

/** Signs certificates for servers. */
export class Authority {
  /**
   * @param {import('node:crypto').webcrypto.CryptoKeyPair} keys
   * @param {import('@peculiar/x509').X509Certificate} certificate
   */
  constructor(keys, certificate) {
    this.keys = keys;
    this.certificate = certificate;
  }

  /** Makes an authority with a key of its own. */
  static async create() {
    const keys = await makeKeys();
    const name = 'CN=Peerscope test authority';
    const certificate = await X509CertificateGenerator.createSelfSigned(
      {
        name,
        keys,
        signingAlgorithm: ALGORITHM,
        notBefore: new Date(now() - DAY_MS),
        notAfter: new Date(now() + DAY_MS),
        extensions: [new BasicConstraintsExtension(true, 1, true)],
      },
      webcrypto,
    );
    return new Authority(keys, certificate);
  }

  /**
   * The authority that another process made.
   * @param {Identity} identity
   */
  static async from({ key, cert }) {
    const der = Buffer.from(key.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    const privateKey = await webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, true, ['sign']);
    const certificate = new X509Certificate(cert);
    const publicKey = await certificate.publicKey.export(ALGORITHM, ['verify'], webcrypto);
    return new Authority({ privateKey, publicKey }, certificate);
  }

  /** The authority's own certificate, PEM. */
  get pem() {
    return this.certificate.toString('pem');
  }

  /**
   * The authority's own key and certificate, to sign in another process or to stand where a server's belongs.
   * @returns {Promise<Identity>}
   */
  async identity() {
    return { key: await privatePem(this.keys), cert: this.pem };
  }

  /**
   * A server's certificate, signed by this authority.
   * @param {LeafOptions} options
   * @returns {Promise<Identity>}
   */
  async issue({ names = [], addresses = [], expired = false }) {
    const keys = await makeKeys();
    const end = now() + (expired ? -DAY_MS : DAY_MS);
    const certificate = await X509CertificateGenerator.create(
      {
        subject: `CN=${names[0] ?? addresses[0] ?? 'server'}`,
        issuer: this.certificate.subject,
        publicKey: keys.publicKey,
        signingKey: this.keys.privateKey,
        signingAlgorithm: ALGORITHM,
        notBefore: new Date(end - 2 * DAY_MS),
        notAfter: new Date(end),
        extensions: [
          new SubjectAlternativeNameExtension([
            ...names.map((value) => ({ type: /** @type {const} */ ('dns'), value })),
            ...addresses.map((value) => ({ type: /** @type {const} */ ('ip'), value })),
          ]),
        ],
      },
      webcrypto,
    );
    return { key: await privatePem(keys), cert: certificate.toString('pem') };
  }
}

/** @returns {Promise<import('node:crypto').webcrypto.CryptoKeyPair>} */
function makeKeys() {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

/** @param {import('node:crypto').webcrypto.CryptoKeyPair} keys */
async function privatePem(keys) {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
}
