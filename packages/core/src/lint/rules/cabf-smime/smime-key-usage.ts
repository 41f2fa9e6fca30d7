import { isSmimeSubscriber } from '../../certificate-view.js'
import type { LintRule } from '../../rule.js'
import { otherUsages } from '../helpers/faults.js'

const encrypting = {
  rsa: ['keyEncipherment', 'dataEncipherment'],
  ecdsa: ['keyAgreement', 'encipherOnly', 'decipherOnly'],
  'ml-kem': ['keyEncipherment'],
} as const

export const smimeKeyUsage: LintRule = {
  id: 'smime-key-usage',
  source: 'cabf-smime',
  level: 'error',
  description: 'The key usage fits signing, encrypting or both, in the way of the kind of key.',
  citation: 'CA/Browser Forum S/MIME Baseline Requirements section 7.1.2.3 (e)',
  effective: '2023-09-01',
  applies: isSmimeSubscriber,
  check({ key, value: { keyUsage } }) {
    if (keyUsage === undefined) return 'there is no key usage'
    const family = key?.family
    const own: readonly string[] =
      family === 'rsa' || family === 'ecdsa' || family === 'ml-kem' ? encrypting[family] : []
    const signing = family === 'ml-kem' ? [] : ['digitalSignature', 'nonRepudiation']
    const found = otherUsages(keyUsage, [...signing, ...own])
    if (found !== undefined) return `the key usage includes ${found}`
    const main = own[0]
    return keyUsage.has('digitalSignature') || [...keyUsage].some((bit) => bit === main)
      ? undefined
      : 'the key usage is neither for signing nor for encrypting'
  },
}
