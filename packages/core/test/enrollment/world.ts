import { memoryStore } from '@certwright/core/defaults'
import type { EnrollmentPolicyOptions, Requester } from '@certwright/core/enrollment'
import { anyOf, createClientCertificate, createEnrollment, createPasscodes } from '@certwright/core/enrollment'
import { CertificationRequest, requestedExtensions, SubjectPublicKeyInfo } from '@certwright/core/x509'
import { testAuthorities, testDeps } from '../support/world.js'

/** A door over a real CA in memory, with one policy. */
export async function enrollmentWorld(options: Partial<EnrollmentPolicyOptions> = {}) {
  const store = memoryStore()
  const deps = testDeps({ store })
  const { issuing } = await testAuthorities(deps)
  const login = createPasscodes({ ...deps, records: store.records })
  const { password } = await login.create('line-3')
  const authenticate = anyOf(login, createClientCertificate(deps, issuing))
  const policies = { '': { issuer: issuing, profile: 'est-digital-signature', authenticate, ...options } }
  const enrollment = createEnrollment({ ...deps, audit: store.audit }, policies)
  const policy = enrollment.policy('')
  if (policy === undefined) throw new Error('no policy')
  const context = () => ({
    protocol: 'est',
    operation: 'simpleenroll',
    policy: '',
    address: '192.0.2.1',
    requestId: enrollment.newRequestId(),
  })
  const events = async () => store.auditEvents.filter(({ type }) => type.startsWith('enrollment.'))
  const read = (der: Uint8Array, requester: Requester, renewal = false) => {
    const { certificationRequestInfo, signatureAlgorithm, signature } = CertificationRequest.decode(der)
    const info = certificationRequestInfo.value
    return {
      policy,
      context: context(),
      requester,
      publicKey: SubjectPublicKeyInfo.encode(info.subjectPKInfo),
      subject: info.subject,
      extensions: requestedExtensions(info),
      proof: {
        kind: 'signature' as const,
        algorithm: signatureAlgorithm,
        data: certificationRequestInfo.bytes,
        signature: signature.bytes,
      },
      renewal,
    }
  }
  return { deps, store, issuing, login, password, enrollment, policy, context, events, read }
}

/** Who has the passcode. */
export const passcode: Requester = { name: 'passcode:line-3', method: 'passcode' }
