// @ts-nocheck: a mistake on purpose.
import { defineGatway, demo } from "latchkey/config";

export default defineGatway({ providers: { local: demo() } });
