import { z } from "zod";

/** A reference to a secret; never its value. */
export const secretRefSchema = z.strictObject({
  kind: z.literal("secret"),
  source: z.enum(["env", "file"]),
  name: z.string().min(1),
});
