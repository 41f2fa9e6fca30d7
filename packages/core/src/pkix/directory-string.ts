import {
  bmpString,
  choice,
  type Infer,
  printableString,
  teletexString,
  universalString,
  utf8String,
} from '../asn1/index.js'

/** DirectoryString, RFC 5280 section 4.1.2.4 and appendix A.1. */
export const DirectoryString = choice({
  teletexString,
  printableString,
  universalString,
  utf8String,
  bmpString,
})
export type DirectoryString = Infer<typeof DirectoryString>
