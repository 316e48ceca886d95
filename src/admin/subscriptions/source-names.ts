const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** Words that cannot name a constant in a module. */
const RESERVED = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
    "false finally for function if implements import in instanceof interface let new null package private protected " +
    "public return static super switch this throw true try typeof undefined var void while with yield app"
  ).split(" "),
);

/** Names constants for applications; none is given twice. */
export function createConstants(): (tenant: string, app: string) => string {
  const given = new Set<string>();
  return (tenant, app) => {
    const wanted = identifierOf(`${tenant}-${app}`);
    let name = wanted;
    for (let count = 2; given.has(name); count++) name = `${wanted}${count}`;
    given.add(name);
    return name;
  };
}

/**
 * The constant that most likely holds what has a name in the config: the name itself, or, where it is no identifier, the
 * name in camel case.
 */
export function identifierOf(name: string): string {
  if (IDENTIFIER.test(name) && !RESERVED.has(name)) return name;
  const [first = "", ...others] = name.split(/[^A-Za-z0-9_$]+/).filter((word) => word !== "");
  const camel = first + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return IDENTIFIER.test(camel) && !RESERVED.has(camel) ? camel : `_${camel}`;
}
