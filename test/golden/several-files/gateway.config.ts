// @ts-nocheck: path aliases and text files are those of this folder.

import { owners, texts } from "@teams/owners";
import { defineGateway } from "latchkey/config";
import { fast, local } from "./supply.ts";

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { owners },
});
