/** The certificates that are trusted: Node's own and those of `--ca-file`. */
import { X509Certificate } from "node:crypto";
import tls from "node:tls";
import { usageError } from "../errors.ts";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * Built once for all connections: parsing the root certificates costs milliseconds each time.
 *
 * @param caPem Contents of a PEM file; text between the certificates is ignored.
 * @throws AsrError kind "usage" where it holds no certificate, or a damaged one.
 */
export function trustedContext(caPem: string | undefined): tls.SecureContext | undefined {
  if (caPem === undefined) return undefined;
  const added = caPem.match(CERTIFICATE) ?? [];
  if (added.length === 0) {
    throw usageError(
      "the CA file holds no certificate",
      "give a PEM file with BEGIN CERTIFICATE lines; convert others with `openssl x509`",
    );
  }
  for (const certificate of added) {
    try {
      new X509Certificate(certificate);
    } catch {
      throw usageError("the CA file holds a damaged certificate", "export the certificate again");
    }
  }
  return tls.createSecureContext({ ca: [...tls.getCACertificates("default"), ...added] });
}
