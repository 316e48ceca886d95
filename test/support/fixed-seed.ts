import fc from "fast-check";
import { seedFrom } from "./fuzz-seed.ts";

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: seedFrom(process.env), includeErrorInReport: true });
