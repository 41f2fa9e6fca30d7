import { keyTypeOf, type PublicKeyDescription } from '../../algorithms/index.js'
import type { KeySizePolicy } from '../compile/index.js'
import { type Context, judge, refuse } from './context.js'

const field = 'publicKey'

/** Checks the subject's key against everything that is said about keys. */
export function checkKey(context: Context): void {
  const { config, profile, request } = context
  const { key, keyFindings = [] } = request
  checkType(context, key)
  for (const policy of profile.keySizes) checkSize(context, key, policy)
  if (key.exponent !== undefined && (key.exponent < 65537n || key.exponent % 2n === 0n)) {
    refuse(context, {
      code: 'key-exponent',
      field,
      message: 'the RSA public exponent is even or smaller than 65537 (NIST SP 800-56B section 6.2)',
      found: String(key.exponent).slice(0, 80),
      allowed: 'an odd exponent of 65537 or more',
      fix: 'make a new key with the exponent 65537',
    })
  }
  for (const finding of keyFindings) {
    const ofCa = finding.kind === 'ca-key'
    judge(context, (ofCa ? config.keys.caKeys : config.keys.weak) ?? 'block', {
      code: ofCa ? 'key-of-ca' : 'key-weak',
      field,
      message: finding.message,
      found: finding.kind,
      allowed: 'a key of its own that is not known to be weak',
      fix: 'make a new key with software that is up to date',
    })
  }
}

function checkType(context: Context, key: PublicKeyDescription): void {
  const { allowed } = context.config.keys
  const type = keyTypeOf(key)
  if (type !== undefined && allowed.includes(type)) return
  const found = type ?? `${key.family} ${key.bits} bits`
  refuse(context, {
    code: 'key-type',
    field,
    message: `${found} is not among the allowed key types ${allowed.join(', ')}`,
    found,
    allowed: allowed.join(', '),
    fix: 'make a key of an allowed type',
  })
}

function checkSize(context: Context, key: PublicKeyDescription, { mode, rsa, ec }: KeySizePolicy): void {
  const least = key.family === 'rsa' ? rsa : key.family === 'ecdsa' ? ec : undefined
  if (least === undefined || key.bits >= least) return
  judge(context, mode, {
    code: 'key-size',
    field,
    message: `the key has ${key.bits} bits; ${least} or more are allowed`,
    found: `${key.bits} bits`,
    allowed: `${least} bits or more`,
    fix: 'make a longer key',
  })
}
