import { z } from "zod";

/** A name or an id, in a path or as a filter. Whether there is such a thing is told by what looks for it. */
export const nameSchema = z.string().min(1).max(300);

/** What an operation takes that takes nothing. */
export const nothing = z.strictObject({});

/** Parameters of the paths of a tenant. */
export const tenantParams = z.strictObject({ tenant: nameSchema });

/** Parameters of the path of something of a tenant that has an id. */
export const tenantIdParams = tenantParams.extend({ id: nameSchema });

/** Parameters of the path of something that has an id. */
export const idParams = z.strictObject({ id: nameSchema });
