import type {
  Enrollment,
  EnrollmentOutcome,
  EnrollmentPolicy,
  RequestContext,
  Requester,
} from '@certwright/core/enrollment'
import { CertwrightError } from '@certwright/core/errors'
import { type CertificationRequest, requestedExtensions, SubjectPublicKeyInfo } from '@certwright/core/x509'
import { EstRefusal } from '../errors.js'
import { asksForOtherNames, decodeCertificationRequest } from '../messages/index.js'

/** An authenticated enrollment request as it came. */
export interface EnrollInput {
  readonly policy: EnrollmentPolicy
  readonly context: RequestContext
  readonly requester: Requester
  /** The request body: a certification request in any accepted form. */
  readonly body: Uint8Array
  /** simplereenroll rather than simpleenroll. */
  readonly renewal: boolean
}

/**
 * simpleenroll and simplereenroll (RFC 7030 section 4.2): reads the certification request and takes it through the door.
 * A challengePassword attribute is ignored; linking it to the TLS connection (section 3.5) is not offered.
 *
 * @throws EstRefusal for a body that is no certification request, and for a renewal that wants other names.
 */
export async function enroll(enrollment: Enrollment, input: EnrollInput): Promise<EnrollmentOutcome> {
  const { policy, context, requester, renewal } = input
  const request = readRequest(input.body)
  if (renewal && asksForOtherNames(request)) {
    throw new EstRefusal(
      'not-allowed',
      'the ChangeSubjectName attribute (RFC 6402) is not accepted: renew with the names of the certificate, or enroll anew',
    )
  }
  const info = request.certificationRequestInfo
  return enrollment.enroll({
    policy,
    context,
    requester,
    renewal,
    publicKey: SubjectPublicKeyInfo.encode(info.value.subjectPKInfo),
    subject: info.value.subject,
    extensions: reading(() => requestedExtensions(info.value)),
    proof: {
      kind: 'signature',
      algorithm: request.signatureAlgorithm,
      data: info.bytes,
      signature: request.signature.bytes,
    },
  })
}

function readRequest(body: Uint8Array): CertificationRequest {
  const request = reading(() => decodeCertificationRequest(body))
  if (request.signature.unusedBits !== 0) {
    throw new EstRefusal('bad-request', 'the signature of the certification request is not a whole number of octets')
  }
  return request
}

/** Runs a decoder; what it finds wrong is the client's fault. */
function reading<T>(decode: () => T): T {
  try {
    return decode()
  } catch (error) {
    if (!(error instanceof CertwrightError)) throw error
    throw new EstRefusal('bad-request', `the certification request is not readable: ${error.message}`, { cause: error })
  }
}
