import type { Plugin } from "esbuild";

/** Notes every file that the bundler reads, also where bundling fails, so that they can be watched. */
export function readRecorder(files: Set<string>): Plugin {
  return {
    name: "latchkey-read-recorder",
    setup(build) {
      build.onLoad({ filter: /.*/, namespace: "file" }, ({ path }) => {
        files.add(path);
        return undefined;
      });
    },
  };
}
