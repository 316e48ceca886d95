/** Whether a `connection` header names an option (RFC 9110, 7.6.1). @param option lower-case */
export function namesOption(value: string, option: string): boolean {
  // Mostly it is the only one, in lower case.
  if (value === option) return true;
  return value.split(",").some((one) => one.trim().toLowerCase() === option);
}
