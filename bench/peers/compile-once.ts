/** Compiles the config named on the command line, writes the artifact and loads it; prints the times as JSON. */
import { join } from "node:path";
import { currentHash, readArtifact } from "../../src/artifact/read.ts";
import { setCurrentArtifact, writeArtifact } from "../../src/artifact/write.ts";
import { compile } from "../../src/compiler/compile.ts";

const [step = "", folder = ""] = process.argv.slice(2);
const directory = join(folder, ".latchkey");
const started = performance.now();

if (step === "compile") {
  const { artifact, hash, functions, diagnostics } = await compile({
    configFile: join(folder, "gateway.config.ts"),
  });
  const milliseconds = performance.now() - started;
  if (artifact === null || hash === null) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
  writeArtifact(directory, { artifact, hash, functions });
  setCurrentArtifact(directory, hash);
  const { keys, endpoints, tenants } = artifact;
  const size = { keys: keys.length, endpoints: endpoints.length, tenants: tenants.length };
  console.log(JSON.stringify({ milliseconds, ...size, warnings: diagnostics.length }));
} else {
  const { functionsPath } = readArtifact(directory, currentHash(directory) ?? "");
  const milliseconds = performance.now() - started;
  if (functionsPath !== null) await import(functionsPath);
  console.log(JSON.stringify({ milliseconds, withFunctions: performance.now() - started }));
}
