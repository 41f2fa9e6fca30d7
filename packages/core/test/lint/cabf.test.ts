import { codeSigningRows } from './cabf-code-signing-rows.js'
import { smimeRows } from './cabf-smime-rows.js'
import { tlsRows } from './cabf-tls-rows.js'
import { certificateRuleIds } from './ids.js'
import { testRules } from './rules.js'

testRules('the TLS Baseline Requirements', tlsRows, certificateRuleIds.tls)
testRules('the S/MIME Baseline Requirements', smimeRows, certificateRuleIds.smime)
testRules('the Code Signing Baseline Requirements', codeSigningRows, certificateRuleIds.codeSigning)
