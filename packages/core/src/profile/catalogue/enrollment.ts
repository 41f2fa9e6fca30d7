import type { ProfileConfig } from '../config/index.js'
import { type FamilyRow, family, purpose, requestSets } from './common.js'

const device = { pass: requestSets.device }

const four = (prefix: string): FamilyRow[] => [
  { id: `${prefix}-digital-signature`, keyUsage: 'dS', request: true },
  { id: `${prefix}-digital-signature-key-encipherment`, keyUsage: 'dS+kE', request: true },
  { id: `${prefix}-key-encipherment`, keyUsage: 'kE', request: true },
  { id: `${prefix}-non-repudiation`, keyUsage: 'dS+nR', request: true },
]

const managed = (prefix: string): FamilyRow[] => [
  ...four(prefix),
  { id: `${prefix}-digital-signature-key-encipherment-clientauth`, keyUsage: 'dS+kE', purposes: [purpose.client] },
]

const p12 = { p12: { keyType: 'rsa-2048' } } as const

/** The profiles of the enrollment protocols and of device management. */
export const enrollment: readonly ProfileConfig[] = [
  ...family('WSTEP', device, [
    ...four('wstep'),
    { id: 'wstep-non-repudiation-key-encipherment', keyUsage: 'dS+nR+kE', request: true },
  ]),
  ...family('CMP', device, four('cmp')),
  ...family('EST', device, four('est')),
  ...family('SCEP', device, four('scep')),
  ...family('Intune', device, managed('intune')),
  ...family('MDM web service', device, managed('mdmws')),
  ...family('MDM web service, key made by the server', { ...device, change: p12 }, managed('mdmws-p12')),
  ...family('Mobile device', { pass: requestSets.none, change: p12 }, [
    { id: 'mobile-device-p12-digital-signature-client-authentication', keyUsage: 'dS', purposes: [purpose.client] },
  ]),
]
