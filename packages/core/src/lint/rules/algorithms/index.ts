import type { LintRule } from '../../rule.js'
import { ecKeyUsage } from './ec-key-usage.js'
import { ecdsaSignatureParameters } from './ecdsa-signature-parameters.js'
import { eddsaKeyUsage } from './eddsa-key-usage.js'
import { eddsaSignatureParameters } from './eddsa-signature-parameters.js'
import { mlDsaKeyUsage } from './ml-dsa-key-usage.js'
import { mlDsaSignatureParameters } from './ml-dsa-signature-parameters.js'
import { mlKemKeyUsage } from './ml-kem-key-usage.js'
import { publicKeyForm } from './public-key-form.js'
import { rsaCaKeyUsage } from './rsa-ca-key-usage.js'
import { rsaKeyNull } from './rsa-key-null.js'
import { rsaKeyUsage } from './rsa-key-usage.js'
import { rsaPssKeyUsage } from './rsa-pss-key-usage.js'
import { rsaPssSignatureSalt } from './rsa-pss-signature-salt.js'
import { rsaSignatureNull } from './rsa-signature-null.js'
import { signatureFitsKey } from './signature-fits-key.js'
import { signatureKnown } from './signature-known.js'
import { slhDsaKeyUsage } from './slh-dsa-key-usage.js'
import { slhDsaSignatureParameters } from './slh-dsa-signature-parameters.js'
import { x25519KeyUsage } from './x25519-key-usage.js'

/** The rules of this folder. */
export const algorithmRules: readonly LintRule[] = [
  publicKeyForm,
  signatureKnown,
  signatureFitsKey,
  rsaSignatureNull,
  rsaPssSignatureSalt,
  ecdsaSignatureParameters,
  eddsaSignatureParameters,
  mlDsaSignatureParameters,
  slhDsaSignatureParameters,
  rsaKeyNull,
  rsaKeyUsage,
  rsaCaKeyUsage,
  rsaPssKeyUsage,
  ecKeyUsage,
  eddsaKeyUsage,
  x25519KeyUsage,
  mlDsaKeyUsage,
  slhDsaKeyUsage,
  mlKemKeyUsage,
]
