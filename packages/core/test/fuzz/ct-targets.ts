import { equalBytes } from '@certwright/core/asn1'
import { decodeSct, embedScts, encodeSct, loggedTbs, withFinalIssuer } from '@certwright/core/ct'
import { Certificate } from '@certwright/core/x509'
import { readSubmissionAnswer } from '../../src/ct/http-answer.js'
import { delegated, sample } from '../ct/vectors.js'
import { type FuzzTarget, refusedOr } from './target.js'

const sct = decodeSct(sample.leafSct)
const tbsOf = (certificate: Uint8Array) => Certificate.decode(certificate).tbsCertificate.bytes
const signing = tbsOf(delegated.signing)

/** The parts of Certificate Transparency that read what others send. */
export const ctTargets: Readonly<Record<string, FuzzTarget>> = {
  sct: {
    seeds: [sample.leafSct],
    run: (input) => {
      const read = refusedOr(() => decodeSct(input))?.result
      if (read !== undefined && !equalBytes(encodeSct(read), input)) throw new Error('encodes to other octets')
    },
  },
  'log-answer': {
    seeds: [
      { sct_version: 0, id: 'A'.repeat(43).concat('='), timestamp: 1, extensions: '', signature: 'BAMAAQE=', x: [{}] },
    ].map((answer) => new TextEncoder().encode(JSON.stringify(answer))),
    run: (input) => {
      const sct = readSubmissionAnswer(input)
      if (typeof sct !== 'string' && decodeSct(encodeSct(sct)).type !== 'v1') throw new Error('is no timestamp')
    },
  },
  precertificate: {
    seeds: [sample.precertificate, delegated.certificate].map(tbsOf),
    run: (input) => {
      const logged = refusedOr(() => loggedTbs(input))?.result
      const embedded = refusedOr(() => embedScts(input, [sct]))?.result
      if (embedded !== undefined && !(logged && equalBytes(loggedTbs(embedded), logged))) {
        throw new Error('precertificate and certificate are not the same entry')
      }
      refusedOr(() => withFinalIssuer(input, signing))
      refusedOr(() => withFinalIssuer(signing, input))
    },
  },
}
