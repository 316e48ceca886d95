import { defineGroup } from "../command.ts";
import { servicesList } from "./services-list.ts";
import { servicesShow } from "./services-show.ts";

/** `latchkey services`: what there is to subscribe to. */
export const services = defineGroup({
  list: { summary: "List services that your tenants own or may subscribe to", ...servicesList },
  show: { summary: "Show what a service offers, how it is approved and what it costs", ...servicesShow },
});
