/** Header values by lower-case name, credentials as `[redacted]`. */
export function redactHeaders(headers: Headers, credentialHeaders: readonly string[]): Readonly<Record<string, string>> {
  const redacted: Record<string, string> = {};
  for (const [name, value] of headers) redacted[name] = credentialHeaders.includes(name) ? '[redacted]' : value;
  return redacted;
}
