import type { ProviderProfile } from "./provider-profile.ts";

/** Values of options by their names. */
export type AddressValues = Readonly<Record<string, string | undefined>>;

/** Where a provider's API begins with these options; undefined where the config has to say it or an option is missing. */
export function baseUrlOf(profile: ProviderProfile, values: AddressValues): string | undefined {
  const special = profile.specialBaseUrls?.find(({ option, values: known }) =>
    known.includes(values[option] ?? ""),
  );
  return fill(special?.baseUrl ?? profile.baseUrl, values);
}

/** The profile as it holds at a base URL of the config's own, where not all of the provider's APIs may be. */
export function profileAt(profile: ProviderProfile, baseUrl: string | undefined): ProviderProfile {
  const { otherAddresses = [], apis = {} } = profile;
  const without = otherAddresses.find(
    ({ without: lacking }) => lacking !== undefined && baseUrl?.includes(lacking.where) === true,
  )?.without;
  if (without === undefined) return profile;
  const left = Object.entries(apis).filter(([name]) => !without.apis.some((api) => api === name));
  return { ...profile, apis: Object.fromEntries(left) };
}

/** What every path ends with, without its question mark; undefined: nothing. */
export function queryOf({ query }: ProviderProfile, values: AddressValues): string | undefined {
  return fill(query ?? null, values);
}

/** Options hold letters, digits and dashes only, so that what is filled in cannot begin another part. */
function fill(template: string | null, values: AddressValues): string | undefined {
  if (template === null) return undefined;
  let isComplete = true;
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) isComplete = false;
    return value ?? "";
  });
  return isComplete ? filled : undefined;
}
