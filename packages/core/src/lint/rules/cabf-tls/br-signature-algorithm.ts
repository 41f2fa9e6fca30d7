import { signatureAlgorithmOf } from '../../../algorithms/index.js'
import { CertwrightError } from '../../../errors.js'
import type { CertificateView } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { curveHash } from '../helpers/forum.js'

const allowed = /^(?:rsa-pkcs1|rsa-pss|ecdsa)-sha(?:256|384|512)$/

function nameOf(identifier: CertificateView['tbs']['signature']): string {
  try {
    return signatureAlgorithmOf(identifier)
  } catch (error) {
    if (error instanceof CertwrightError) return identifier.algorithm
    throw error
  }
}

export const brSignatureAlgorithm: LintRule = {
  id: 'br-signature-algorithm',
  source: 'cabf-br',
  level: 'error',
  description:
    "The signature is RSA or ECDSA with SHA-256, SHA-384 or SHA-512; the hash of ECDSA goes with the curve of the issuer's key.",
  citation: 'CA/Browser Forum TLS Baseline Requirements section 7.1.3.2',
  effective: '2023-09-15',
  applies: ({ publicTls }) => publicTls,
  check({ tbs, issuer, key }) {
    const name = nameOf(tbs.signature)
    if (!allowed.test(name)) return `the signature algorithm ${name} is not allowed`
    const curve = (issuer ? issuer.key : key)?.curve
    return curve === undefined || name === `ecdsa-${curveHash[curve]}` ? undefined : `${name} does not go with ${curve}`
  },
}
