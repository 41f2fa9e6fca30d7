import type { ProfileConfig } from '../config/index.js'
import { type FamilyRow, family, purpose, requestSets } from './common.js'

const none = { pass: requestSets.none }

const esim = (name: string, policy: number, purposes?: readonly string[]): FamilyRow => ({
  id: `esim-${name}`,
  keyUsage: 'dS',
  ...(purposes === undefined ? {} : { purposes }),
  change: { certificatePolicies: { always: [{ oid: `2.23.146.1.2.1.${policy}` }] } },
})

/** S/MIME, code signing, eSIM, smartcards and vehicle charging. */
export const peopleAndThings: readonly ProfileConfig[] = [
  ...family('S/MIME', none, [
    { id: 'smime-digital-signature-key-encipherment', keyUsage: 'dS+kE', purposes: [purpose.client, purpose.email] },
    { id: 'smime-key-encipherment', keyUsage: 'kE', purposes: [purpose.email] },
    { id: 'smime-non-repudiation', keyUsage: 'dS+nR', purposes: [purpose.email] },
  ]),
  ...family('Code signing', none, [
    { id: 'codesigning-digital-signature', keyUsage: 'dS', purposes: [purpose.codeSigning] },
  ]),
  ...family('eSIM', { ...none, change: { validity: { default: 'P3Y' } } }, [
    esim('delivery-auth', 4),
    esim('delivery-binding', 5),
    esim('delivery-tls-server', 3, [purpose.server]),
    esim('discovery-auth', 7),
    esim('discovery-tls-server', 6, [purpose.server]),
  ]),
  ...family('Smartcard', { pass: requestSets.smartcard }, [
    { id: 'smartcard-card-authentication', keyUsage: 'dS', request: true },
    { id: 'smartcard-digital-signature', keyUsage: 'dS+nR', request: true },
    { id: 'smartcard-key-management', keyUsage: 'kE', request: true },
    {
      id: 'smartcard-piv-authentication',
      keyUsage: 'dS',
      purposes: [purpose.any, purpose.smartcardLogon, purpose.client],
    },
  ]),
  ...family('Smartcard', none, [
    { id: 'smartcard-domain-controller', keyUsage: 'dS+kE', purposes: [purpose.server, purpose.client] },
    { id: 'smartcard-piv-content-signing', keyUsage: 'dS+nR', request: true },
  ]),
  ...family('Vehicle to grid', none, [
    { id: 'v2g-supply-equipment', keyUsage: 'dS+kA', purposes: [purpose.server] },
    { id: 'v2g-user-identity', keyUsage: 'dS+nR', change: { validity: { default: 'P2Y' } } },
  ]),
]
