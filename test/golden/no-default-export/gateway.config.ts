import { defineGateway, demo } from "latchkey/config";

export const gateway = defineGateway({ providers: { local: demo() } });
