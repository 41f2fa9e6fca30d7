import {
  type KnownQcStatement,
  psd2RoleOid,
  QCStatements,
  qcTypeOid,
  semanticsOid,
  toQcStatement,
} from '../../x509/index.js'
import type { ProfileConfig } from '../config/index.js'

type StatementConfig = NonNullable<ProfileConfig['qcStatements']>[number]

/** The DER of the qcStatements extension. */
export const encodeStatements = (statements: readonly StatementConfig[]): Uint8Array =>
  QCStatements.encode(statements.map((statement) => toQcStatement(known(statement))))

function known(config: StatementConfig): KnownQcStatement {
  switch (config.statement) {
    case 'qcCompliance':
    case 'qcSSCD':
      return { type: config.statement }
    case 'qcType':
      return { type: 'qcType', info: config.types.map((type) => qcTypeOid[type]) }
    case 'qcPDS':
      return { type: 'qcPDS', info: [...config.locations] }
    case 'qcRetentionPeriod':
      return { type: 'qcRetentionPeriod', info: BigInt(config.years) }
    case 'qcLimitValue': {
      const { currency, amount, exponent } = config
      const info = {
        currency: { type: 'alphabetic' as const, value: currency },
        amount: BigInt(amount),
        exponent: BigInt(exponent),
      }
      return { type: 'qcLimitValue', info }
    }
    case 'qcCClegislation':
      return { type: 'qcCClegislation', info: [...config.countries] }
    case 'pkixSyntaxV2':
      return { type: 'pkixSyntaxV2', info: { semanticsIdentifier: semanticsOid[config.semantics] } }
    case 'psd2': {
      const rolesOfPSP = config.roles.map((role) => ({
        roleOfPspOid: psd2RoleOid[role],
        roleOfPspName: psd2RoleNames[role],
      }))
      return { type: 'psd2', info: { rolesOfPSP, nCAName: config.ncaName, nCAId: config.ncaId } }
    }
  }
}

/** The names that go with the roles, ETSI TS 119 495 section 5.1. */
const psd2RoleNames = {
  unspecified: 'Unspecified',
  accountServicing: 'PSP_AS',
  paymentInitiation: 'PSP_PI',
  accountInformation: 'PSP_AI',
  cardBasedInstruments: 'PSP_IC',
} as const
