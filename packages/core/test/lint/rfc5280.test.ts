import { certificateRuleIds } from './ids.js'
import { rfc5280Rows } from './rfc5280-rows.js'
import { testRules } from './rules.js'

testRules('RFC 5280', rfc5280Rows, certificateRuleIds.rfc5280)
