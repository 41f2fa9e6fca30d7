/** The extensions that the WSTEP, CMP, EST and SCEP profiles copy from a request, beside extendedKeyUsage. */
export const deviceRequestExtensions: readonly string[] = [
  '2.5.29.32', // certificatePolicies
  '1.3.6.1.4.1.311.21.10', // Microsoft application policies
  '1.2.840.113549.1.9.15', // S/MIME capabilities
  '1.3.6.1.4.1.311.21.7', // Microsoft certificate template (version 2)
  '1.3.6.1.4.1.311.20.2', // Microsoft certificate template name
  '1.3.6.1.4.1.311.25.2', // Microsoft NTDS CA security
]

/** The extensions that the private TLS profiles copy from a request. */
export const tlsRequestExtensions: readonly string[] = [
  '2.5.29.32', // certificatePolicies
  '1.3.6.1.4.1.311.21.10', // Microsoft application policies
]
