// @ts-nocheck: a mistake on purpose.
import { app, defineGateway, model, service, tenant } from "latchkey/config";

const fast = model({});
const team = tenant({ apps: { shop: app({}) } });
const texts = service({ offers: [fast] });

export default defineGateway({ models: { fast }, services: { texts }, tenants: { team } });
