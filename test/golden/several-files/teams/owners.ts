// @ts-nocheck: the path alias is that of the config beside it.
import { service, tenant } from "latchkey/config";
import { fast } from "../supply.ts";
import docs from "./texts.md";

export const owners = tenant({ members: { "ops@example.com": "owner" } });
export const texts = service({ owner: owners, offers: [fast], docs });
