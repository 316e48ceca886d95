/** What is the same for every diagnostic of one code. */
export interface DiagnosticRow {
  /** Errors prevent an artifact; warnings do not, and notes ask for nothing yet. */
  readonly severity: "error" | "warning" | "note";
  /** What is wrong, in general. */
  readonly title: string;
  /** What to do, with a short example where one helps. */
  readonly help: string;
}

const error = (title: string, help: string): DiagnosticRow => ({ severity: "error", title, help });
const warning = (title: string, help: string): DiagnosticRow => ({ severity: "warning", title, help });
const note = (title: string, help: string): DiagnosticRow => ({ severity: "note", title, help });

/**
 * Every diagnostic of the compiler. LK10xx: file, bundling, running the config. LK11xx: shape and names.
 * LK12xx: references. LK13xx: values. LK14xx: prompts and schemas. LK15xx: access. LK16xx: models and prices.
 * LK17xx: backends. LK18xx: invariants, and promises to callers. LK19xx: declared without effect in this version. A code, once released, keeps its meaning.
 */
export const diagnosticTable = {
  LK1001: error(
    "The config file cannot be read.",
    "Name the file with `--config FILE`, or run `latchkey init` to write one.",
  ),
  LK1002: error("The config is not valid TypeScript.", "Correct the syntax at the place that is shown."),
  LK1003: error(
    "An import cannot be resolved.",
    "Check the path or the `paths` of tsconfig.json, or install the package: `npm install NAME`.",
  ),
  LK1004: error(
    "The config cannot be bundled.",
    "Correct what the message names. A config is a `.ts` or `.js` file.",
  ),
  LK1005: error(
    "The config threw an error while it ran.",
    "Correct the code at the place that is shown. A config is run once, when it is compiled, and sees of the environment only PATH and HOME; secrets are given as references, `env(…)` and `file(…)`.",
  ),
  LK1006: error(
    "The config did not come to an end in time.",
    "Look for an endless loop or for something that is awaited for ever: running a config may take 20 seconds. A config should only declare.",
  ),
  LK1007: error(
    "The config ended its own process.",
    "Remove `process.exit()` and the like; throw an error to stop the compiler.",
  ),
  LK1008: error(
    "The config has no default export.",
    "End the file with `export default defineGateway({ … })`.",
  ),
  LK1009: error(
    "The config's default export is no gateway.",
    "Export what `defineGateway` answers: `export default defineGateway({ … })`.",
  ),
  LK1010: warning(
    "The config printed something.",
    "Remove `console.log` and the like; what a config prints is not shown.",
  ),
  LK1011: error(
    "The config declares more than the compiler takes in.",
    "The limit is 256 MiB of declared data: split the gateway.",
  ),
  LK1012: warning(
    "The config left something running.",
    "Remove timers, servers and open connections: a config is run once and should only declare.",
  ),
  LK1013: error(
    "The process that ran the config crashed.",
    "Look for code that ends processes or uses up the memory. If the config only declares, this is a bug of Latchkey: please report it.",
  ),
  LK1014: error(
    "The config takes too much memory.",
    "Look for a loop that adds to a list or a text without end. Running a config may take 2 GiB, or half of the machine's memory if that is less.",
  ),
  LK1015: error(
    "The config left an error behind that nothing handles.",
    "Await the promise that is rejected, or catch what it is rejected with; remove timers and the like. A config should only declare.",
  ),
  LK1016: error(
    "The bundler does not work.",
    "Run it again: esbuild runs as a process of its own: look for what stops or kills it, such as too little memory or a limit of processes, and whether it can be run by itself: `npx esbuild --version`. If that fails, install the packages again.",
  ),
  LK1101: error(
    "There is no such option.",
    "Correct its name or remove it. Nothing that is not understood is ignored.",
  ),
  LK1102: error("An option has a value of the wrong type.", "Give what the message asks for."),
  LK1103: error("An option that is needed is missing.", "Add the option that the message names."),
  LK1104: error(
    "A name cannot be used.",
    "Names begin with a letter and hold letters, digits and dashes, 63 characters at most: `checkout`. Names of models may be those of vendors: `gpt-4.1`, `meta-llama/Llama-3.1-8B`.",
  ),
  LK1105: error("A name is reserved.", "Choose another name: this one has a meaning of its own."),
  LK1106: error(
    "A declaration has two names.",
    "Declare it once for each name: `models: { fast: model({ … }), quick: model({ … }) }`, or keep one name.",
  ),
  LK1107: error(
    "There is a function where data belongs.",
    "Call the function and give its result. Functions may stand only as an endpoint's `prompt`, as `uses`, and inside schemas.",
  ),
  LK1108: error(
    "A declaration is of the wrong kind.",
    "Give a declaration of the kind that the message names, such as what `model({ … })` answers.",
  ),
  LK1201: error(
    "A model is used but has no name.",
    "Hand it to the gateway: `defineGateway({ models: { fast } })`.",
  ),
  LK1202: error(
    "A provider is used but has no name.",
    "Hand it to the gateway: `defineGateway({ providers: { oai } })`.",
  ),
  LK1203: error(
    "A service is used but has no name.",
    "Hand it to the gateway: `defineGateway({ services: { texts } })`.",
  ),
  LK1204: error(
    "An endpoint is used but has no name.",
    "Hand it to the gateway: `defineGateway({ endpoints: { sentiment } })`.",
  ),
  LK1205: error(
    "A tenant is used but has no name.",
    "Hand it to the gateway: `defineGateway({ tenants: { platform } })`.",
  ),
  LK1206: warning(
    "Something is declared that nobody can call.",
    "Offer it in a service: `service({ owner, offers: [fast] })`, or remove it.",
  ),
  LK1207: warning("A provider is declared that no model uses.", "Use it in a model's targets, or remove it."),
  LK1208: error(
    "Two versions of an endpoint have the same major version.",
    "Keep the newer one, or raise the major version: both would have the path `/api/<name>/v<major>`.",
  ),
  LK1209: error(
    "A list of services cannot be worked out.",
    "`uses: () => [texts]` runs after the whole config: use only names that are declared at the top of a file.",
  ),
  LK1210: error(
    "A tenant that is named here does not exist.",
    "Use the name under which `defineGateway({ tenants })` gets it.",
  ),
  LK1211: warning("A list names the same thing twice.", "Remove one of the two."),
  LK1212: error(
    "A backend is used that was not handed to defineGateway.",
    "Add it to `defineGateway({ backends: { … } })`.",
  ),
  LK1301: error("A version is malformed.", 'Write `major.minor.patch` in digits: `version: "1.2.0"`.'),
  LK1302: error(
    "A key's digest is malformed.",
    "Copy the whole `sha256:…` text that `latchkey keys new` prints: 64 lower-case hex digits follow the colon.",
  ),
  LK1303: error(
    "A plain key stands where its digest belongs.",
    "Treat the key as leaked: make a new one with `latchkey keys new` and write only its `sha256:…` digest here.",
  ),
  LK1304: error(
    "A digest is a placeholder that anyone could guess.",
    "Make a key with `latchkey keys new` and write its digest here.",
  ),
  LK1305: error(
    "Two keys have the same digest.",
    "Make a key of its own for each with `latchkey keys new`: a call must belong to one application.",
  ),
  LK1306: error("A date is invalid.", 'Write a day that exists as `YYYY-MM-DD`: `expires: "2027-06-30"`.'),
  LK1307: warning("A key has expired.", "Remove it, or give a later date."),
  LK1308: error(
    "A length of time is malformed or out of range.",
    'Write a number and a unit of ms, s, m, h, d, w: `"250ms"`, `"8s"`, `"1m"`, `"3d"`.',
  ),
  LK1309: error(
    "An amount of money is malformed.",
    'Write a number with nine decimals at most, a space and USD: `"500 USD"`, `"0.15 USD"`.',
  ),
  LK1310: error("A network is malformed.", 'Write CIDR form: `"10.0.0.0/8"`, `"2001:db8::/32"`.'),
  LK1311: error(
    "A base URL is malformed.",
    'Write an http or https URL without credentials, query and fragment: `"https://api.example.com/v1"`.',
  ),
  LK1312: error(
    "A header is not allowed.",
    "Write letters, digits and dashes in the name and one line of text as value, and none that the gateway sets itself. Headers of a provider are sent with every call.",
  ),
  LK1313: error(
    "A text stands where a secret reference belongs.",
    'Write `env("NAME")` or `file("/path")`, and treat the value as leaked if the file was ever committed or sent.',
  ),
  LK1314: error("A number is out of range.", "Give a number within the range that the message names."),
  LK1315: error(
    "A time zone does not exist.",
    'Use an IANA name: `timeZone: "Europe/Berlin"`, or leave it out for UTC.',
  ),
  LK1316: error(
    "A member's address is malformed.",
    'Members are named by e-mail address: `members: { "dev@shop.example": "developer" }`.',
  ),
  LK1317: error(
    "A secret reference is malformed.",
    'Give the name of an environment variable, `env("OPENAI_API_KEY")`, or a path, `file("/run/secrets/openai")`.',
  ),
  LK1318: warning(
    "A time limit can never be reached.",
    "Lower it, or raise the limit of the whole call: `timeouts: { total: … }`.",
  ),
  LK1319: warning(
    "A text that is kept in the artifact looks like a credential.",
    "Take it out, and treat it as leaked if it is real: an artifact is stored and shown as it is. In an example, write only the beginning, such as `sk-…`.",
  ),
  LK1320: error(
    "An option of a provider's address has other characters than letters, digits and dashes.",
    'Write the bare name, not an address: `azureOpenai({ resource: "my-resource", … })`.',
  ),
  LK1321: error(
    "Two options of a provider exclude each other.",
    "Keep one of them: a provider has one credential, and either an address of its own or the options of the usual one.",
  ),
  LK1322: error(
    "A URL cannot be used where it stands.",
    "Write it whole, without user, password and fragment: `https://ai.example.com`. Over http what is sent can be read on the way.",
  ),
  LK1323: error(
    "A group is named twice.",
    "Keep one of the two: identity providers do not all tell capital letters from small ones.",
  ),
  LK1324: error(
    "A pattern is no regular expression.",
    'Correct it: `namePattern: "[a-z]+-(live|test)"`. A whole name has to match it.',
  ),
  LK1325: error(
    "There is no such event.",
    'Name an event or all of a subject: `events: ["subscription.approved", "key.*"]`.',
  ),
  LK1326: error("A word cannot be used where it stands.", "Write what the message asks for."),
  LK1327: error(
    "Two options contradict each other.",
    "Change one of the two; the message says how they depend on each other.",
  ),
  LK1328: error(
    "A webhook leads to a private network.",
    "Give the address of a public server, over https, or allow it: `allowPrivate: true`.",
  ),
  LK1329: error(
    "A member is named twice.",
    "Keep one of the two: addresses are compared without regard to capital letters, so which role counts would be chance.",
  ),
  LK1330: error(
    "A pattern takes exponentially long on texts that it does not match.",
    "Write it so that a text can be matched in one way only: no loop over what is itself a loop over the same characters. `^(a+)+$` means `^a+$`, and `^([a-z]+-?)*$` means `^(?:[a-z]+(?:-[a-z]+)*-?)?$`. One call could hold up all others of its thread.",
  ),
  LK1331: warning(
    "A pattern takes long on long texts that it does not match.",
    "Say how long a text may be: `z.string().max(1_000).regex(…)`, in OpenAPI `maxLength`; it is looked at first. Or let what stands before a loop not match the same characters: `^[^,]*,.*$` rather than `^.*,.*$`.",
  ),
  LK1332: error(
    "A text that is kept in the artifact holds a whole key.",
    "Take it out, and treat it as leaked: replace it at its vendor. An artifact is stored and shown as it is. What a provider or backend needs is given as `env(…)` or `file(…)`; in an example, write only the beginning, such as `sk-…`.",
  ),
  LK1401: error(
    "A prompt holds something that cannot stand there.",
    "Texts, numbers, slots and what `fragment`, `list`, `optional`, `json` and `trusted` answer may stand in a prompt.",
  ),
  LK1402: error(
    "A prompt uses a field that its input does not have.",
    "Add it to `input`, or correct the name.",
  ),
  LK1403: error(
    "A prompt uses a slot as if its value were known.",
    "Put the slot into the template; use `optional` and `list` where the prompt depends on a value. A prompt function runs once, when the config is compiled.",
  ),
  LK1404: error(
    "A caller's value stands in a system message.",
    "Move it to a user message, or write `trusted(slot)` where its schema leaves no room for instructions, such as an enum.",
  ),
  LK1405: error(
    "An object or a list stands in a prompt as if it were text.",
    "Write `json(slot)`, or for a list `list(slot, (item) => …)` with a `fragment` for each item.",
  ),
  LK1406: error(
    "A value that may be absent stands in a prompt.",
    "Write `optional(slot, (value) => …)` with a `fragment` for when it is there, or give the field a `.default(…)`.",
  ),
  LK1407: error(
    "A prompt function answers no messages.",
    "Answer a list of messages, at least one `prompt.user`, from a function that is not async.",
  ),
  LK1408: error(
    "A prompt has no user message.",
    "Add what the model is to answer as a `prompt.user` message.",
  ),
  LK1409: error("A prompt function threw an error.", "Correct the code at the place that is shown."),
  LK1410: error(
    "A schema is not one of Zod 4.",
    'Make it with Zod 4: `import { z } from "zod"` and `z.object({ … })`.',
  ),
  LK1411: error(
    "A schema cannot be expressed as JSON Schema.",
    "Use types that JSON has: for a date `z.iso.datetime()`, for a big number `z.string()`. An output schema may check values but not change them: the model is asked for what comes out.",
  ),
  LK1412: error("An endpoint's input is no object.", "Wrap it: `input: z.object({ text: z.string() })`."),
  LK1413: error(
    "`list` was given something that is no list.",
    "Give it a field whose schema is `z.array(…)`.",
  ),
  LK1414: warning(
    "A field of the input appears nowhere in the prompt.",
    "Use it in the prompt, or remove it from `input`: callers would send it for nothing.",
  ),
  LK1415: warning(
    "A caller's free text is trusted in a system message.",
    "Move it to a user message, or narrow its schema to what cannot carry instructions: an enum, a pattern, 64 characters at most.",
  ),
  LK1416: error(
    "A version is retired before it is deprecated.",
    'Give `sunset` a later day than `since`: `deprecation: { since: "2027-01-01", sunset: "2027-06-30" }`.',
  ),
  LK1417: error(
    "A version has a successor that cannot take its place.",
    "Name another version of the same endpoint or backend, one that is published.",
  ),
  LK1418: error(
    "A version that is not deprecated has a deprecation.",
    'Write `status: "deprecated"`, or remove `deprecation`.',
  ),
  LK1419: error(
    "A version is deprecated, and nothing says since when.",
    'Callers are told the day (RFC 9745): `deprecation: { since: "2027-01-01" }`.',
  ),
  LK1501: error(
    "An application uses a service that its tenant may not see.",
    'Add the tenant to the service\'s `visibility`, or set it to `"everyone"`.',
  ),
  LK1502: warning(
    "A service offers only endpoints that cannot be called.",
    "Publish one of them, or leave the service out.",
  ),
  LK1503: warning("A service offers nothing.", "List endpoints or models in `offers`."),
  LK1504: warning(
    "A key's scope names something that its application does not reach.",
    "A scope can only narrow: add the service to the application's `uses`, or remove it from the scope.",
  ),
  LK1505: warning(
    "An approval needs more people than there are.",
    "Lower `quorum`, or give more members of the owning tenant the role.",
  ),
  LK1506: warning("A key reaches nothing.", "Widen its scope, or remove the key."),
  LK1507: warning(
    "An application uses no service.",
    "Declare what it uses (`uses: [texts]`), or leave `uses` out where it is to subscribe at run time.",
  ),
  LK1508: error(
    "A key breaks the key policy of its tenant.",
    "Change the key as the message says, or the tenant's `keyPolicy`.",
  ),
  LK1509: warning(
    "A key works longer than its tenant's policy allows.",
    "Give an earlier day, or a longer `maxLifetime`. Keys that members issue are held to it in any case.",
  ),
  LK1601: warning(
    "The price of a target is unknown.",
    'The catalog has none, so say it: `oai("my-model", { price: { input: "0.15 USD", output: "0.60 USD" } })`. Until then the cost of its calls is unknown, and budgets do not see it.',
  ),
  LK1602: error(
    "The demo provider has no such model.",
    "Use one of the ids that the message lists, such as `echo`.",
  ),
  LK1603: warning("A routing tries more targets than there are.", "Lower `attempts`, or leave it out."),
  LK1604: warning("A model names the same target twice.", "Remove one of the two."),
  LK1605: error("A model has no targets.", 'Give it at least one: `targets: [local("echo")]`.'),
  LK1606: error(
    "A target's provider does not speak its dialect.",
    "Leave `dialect` out, or choose one that the message lists.",
  ),
  LK1607: error(
    "An endpoint's model has nobody to converse with.",
    "Give the model a target of a provider with chat models, or let the endpoint use another model.",
  ),
  LK1608: warning(
    "A target has no conversations, unlike others of its model.",
    "Give it a model of its own, for embeddings and the like: calls of chat pass it over.",
  ),
  LK1611: warning(
    "The catalog does not know a target's model.",
    "Correct the id, or, if it is right and newer than the catalog, say on the target what is known of it: `price`, `contextWindow`, `maxOutputTokens`, `lacks`. Behind a name of your own, name the model: `baseModel`.",
  ),
  LK1612: warning(
    "A fallback lacks what a target before it has, or is a model of another kind.",
    "Take a model that has it, or let callers who need it use a model of its own. Say `lacks: []` on the target where the catalog is wrong.",
  ),
  LK1613: warning(
    "A target's model is retired, or will be within 30 days.",
    "Take the model that the vendor names instead; `latchkey models` lists what there is.",
  ),
  LK1614: note(
    "A target's model is deprecated.",
    "Nothing to do yet. Plan to take the model that the vendor names instead.",
  ),
  LK1615: warning(
    "A target's model cannot be called through this gateway.",
    "Take a chat model, or say `dialect` on the target where the catalog is wrong. Models of the kind `realtime` converse over a connection of their own, which Latchkey does not relay.",
  ),
  LK1616: warning(
    "A provider was retired by its vendor.",
    "Take another provider of the same models. A server that speaks its API is reached by a `baseUrl` of your own, which ends the warning.",
  ),
  LK1701: error(
    "A path of a backend is malformed.",
    "Write segments between slashes, `{name}` for one that may be anything, and `*` as the last one: `/orders/{id}`, `/files/*`.",
  ),
  LK1702: error(
    "A backend's path belongs to the gateway.",
    "Choose a base path that does not begin with a path of the gateway's own, such as `/orders`.",
  ),
  LK1703: error(
    "Two backends have the same path.",
    "Give each version of each backend a base path of its own, which lies in no other one.",
  ),
  LK1704: error("A backend has no upstreams.", 'Name its servers: `upstreams: ["https://orders.internal"]`.'),
  LK1705: error(
    "An OpenAPI document cannot be read.",
    "Correct the path, which starts at the config's folder, or the document: JSON or YAML, OpenAPI 3.0 or 3.1.",
  ),
  LK1706: error(
    "An OpenAPI document contradicts itself.",
    "Correct the document at the place that the message names.",
  ),
  LK1707: warning(
    "Something in an OpenAPI document is not checked.",
    "Nothing to do where the upstream checks it itself; requests are not refused for it.",
  ),
  LK1708: error("Two routes of a backend are the same.", "Remove one of the two, or name its methods."),
  LK1709: warning("An option of a backend has no effect.", "Remove it, or add what the message names."),
  LK1801: error(
    "An invariant does not hold.",
    "Change what the counter-example names, or the invariant where it states too much.",
  ),
  LK1802: error(
    "An invariant threw an error.",
    "Correct the code at the place that is shown. Lists may be empty, and fields that say nothing are null.",
  ),
  LK1803: error(
    "An invariant answers neither true or false nor a list.",
    "Let the check answer whether it holds, or what breaks it: `({ keys }) => keys.every((key) => …)`. It must not be async.",
  ),
  LK1811: error(
    "A change breaks the callers of an endpoint version.",
    "Publish the change as a new major version beside this one: `endpoints: { sentiment: [v2, v1] }`. To break callers all the same, say `--allow-breaking`.",
  ),
  LK1812: error(
    "A change breaks the callers of a backend version.",
    "Publish the change as a new major version with a base path of its own, beside this one. To break callers all the same, say `--allow-breaking`.",
  ),
  LK1813: error(
    "Something is retired or removed that applications of others use.",
    'Keep it, as `status: "deprecated"` where it has one, until the applications that the notes name have moved. To end it all the same, say `--allow-retire`.',
  ),
  LK1814: error(
    "A service goes that applications of others are subscribed to.",
    "Keep it, visible to them, until the subscriptions that the notes name have ended. To end it all the same, say `--allow-retire`.",
  ),
  LK1815: note(
    "Something goes that an application has asked for.",
    "Reject the request that the note names, or keep what it asks for.",
  ),
  LK1901: warning(
    "Limits are declared but not enforced by this version.",
    "Do not rely on them yet: what is enforced are limits of `requests` of tenants, applications and keys.",
  ),
  LK1902: warning(
    "Budgets are declared but not enforced by this version.",
    "Nothing to do; do not rely on them yet.",
  ),
  LK1904: warning(
    "Price plans are declared but nothing is charged by this version.",
    "Nothing to do; do not rely on them yet.",
  ),
} as const satisfies Record<string, DiagnosticRow>;

/** Code of a diagnostic, such as `LK1203`. */
export type DiagnosticCode = keyof typeof diagnosticTable;
