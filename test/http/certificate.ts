/**
 * Certificates made for one test run (RFC 5280 in DER, ECDSA P-256), so that no private key lies
 * in the repository and wrong ones of every kind can be had.
 */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

export interface Identity {
  /** PEM of the certificate. */
  readonly cert: string;
  /** PEM of its private key. */
  readonly key: string;
}

export interface CertificateWishes {
  /** DNS names it is for. */
  readonly names?: readonly string[];
  /** IPv4 addresses it is for. */
  readonly addresses?: readonly string[];
  readonly expired?: boolean;
}

/** A certificate that signs itself. */
export function selfSigned(wishes: CertificateWishes): Identity {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const serial = serialNumber(publicKey);
  // A name of its own: of two issuers with one name OpenSSL looks at the first alone.
  const commonName = utf8(`asr loopback test ${serial.toString("hex")}`);
  const name = sequence(set(sequence(oid("2.5.4.3"), commonName)));
  const ecdsaWithSha256 = sequence(oid("1.2.840.10045.4.3.2"));
  const toBeSigned = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(serial),
    ecdsaWithSha256,
    name,
    sequence(utcTime("200101000000Z"), utcTime(wishes.expired ? "210101000000Z" : "490101000000Z")),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(3, sequence(basicConstraints(), alternativeNames(wishes))),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const certificate = sequence(toBeSigned, ecdsaWithSha256, bitString(signature));
  const lines = certificate.toString("base64").replace(/.{64}(?=.)/g, "$&\n");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function serialNumber(publicKey: KeyObject): Buffer {
  const digest = createHash("sha256").update(publicKey.export({ type: "spki", format: "der" }));
  // A positive number: the first byte stays below 0x80.
  return Buffer.concat([Buffer.from([0x01]), digest.digest().subarray(0, 8)]);
}

function basicConstraints(): Buffer {
  return sequence(oid("2.5.29.19"), element(0x04, sequence(element(0x01, Buffer.from([0xff])))));
}

function alternativeNames({ names = [], addresses = [] }: CertificateWishes): Buffer {
  const entries = [
    ...names.map((name) => element(0x82, Buffer.from(name, "latin1"))),
    ...addresses.map((address) => element(0x87, Buffer.from(address.split(".").map(Number)))),
  ];
  return sequence(oid("2.5.29.17"), element(0x04, sequence(...entries)));
}

function element(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size =
    length < 0x80
      ? [length]
      : length < 0x100
        ? [0x81, length]
        : [0x82, Math.floor(length / 256), length % 256];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...contents: Buffer[]) => element(0x30, ...contents);
const set = (...contents: Buffer[]) => element(0x31, ...contents);
const tagged = (number: number, content: Buffer) => element(0xa0 + number, content);
const integer = (bytes: Buffer) => element(0x02, bytes);
const bitString = (bytes: Buffer) => element(0x03, Buffer.from([0]), bytes);
const utf8 = (text: string) => element(0x0c, Buffer.from(text));
const utcTime = (text: string) => element(0x17, Buffer.from(text));

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const number of rest) {
    const groups = [number % 128];
    for (let high = Math.floor(number / 128); high > 0; high = Math.floor(high / 128)) {
      groups.unshift(0x80 + (high % 128));
    }
    bytes.push(...groups);
  }
  return element(0x06, Buffer.from(bytes));
}
