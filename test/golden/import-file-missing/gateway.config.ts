// @ts-nocheck: a mistake on purpose.
import { defineGateway, demo } from "latchkey/config";
import leftPad from "left-pad-that-is-not-there";
import { fast } from "./modles.ts";

export default defineGateway({ providers: { local: demo() }, models: { fast }, leftPad });
