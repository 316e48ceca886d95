/**
 * The name that an error is about which says that there is no such variable, for looking up where it stands: the
 * engine names only the call around it.
 */
export function undeclaredName(message: string): { readonly reference?: string } {
  const name = /(?:^|: )([\p{ID_Start}$_][\p{ID_Continue}$]*) is not defined\.?$/u.exec(message)?.[1];
  return name === undefined ? {} : { reference: name };
}
