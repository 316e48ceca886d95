/** One row of the table of errors that a running gateway or the command line can answer with. */
export interface ErrorRow {
  /** HTTP status of the answer; for errors that only the command line meets, the closest meaning. */
  readonly status: number;
  /** Whether the same request may succeed when sent again unchanged. */
  readonly retryable: boolean;
  /** One sentence for the caller; used when the error has no words of its own. */
  readonly title: string;
  /** What to do about it. */
  readonly help: string;
}

const row = (status: number, title: string, help: string, retryable = false): ErrorRow => ({
  status,
  retryable,
  title,
  help,
});

/**
 * Every error code outside the compiler (whose diagnostics are `LK1xxx`, see `compiler/diagnostic-codes.ts`).
 * LK-2xxx: the caller's request. LK-3xxx: the upstream. LK-5xxx: the gateway. LK-6xxx: artifacts, files and
 * the command line. A code, once released, keeps its meaning.
 */
export const errorTable = {
  "LK-2001": row(
    401,
    "No API key was sent.",
    "Send a Latchkey key as `Authorization: Bearer lk_…` (or `x-api-key`, `x-goog-api-key`, `?key=`).",
  ),
  "LK-2002": row(
    401,
    "The API key is not valid.",
    "Check that the whole key was copied and that it has not expired or been revoked; ask the tenant's owner for a new one. The gateway's call log tells which of these it was.",
  ),
  "LK-2003": row(
    400,
    "More than one API key was sent.",
    "Send one credential only: remove all but one of `Authorization`, `x-api-key`, `x-goog-api-key` and `?key=`.",
  ),
  "LK-2004": row(
    404,
    "The model does not exist or this key may not use it.",
    "List the models of your key with `GET /v1/models`; to use another one, subscribe the application to a service that offers it.",
  ),
  "LK-2005": row(
    404,
    "The endpoint does not exist or this key may not use it.",
    "Check the name and the major version in the path (`/api/<endpoint>/v<major>`); to use it, subscribe the application to a service that offers it.",
  ),
  "LK-2006": row(404, "There is nothing at this path.", "See the list of paths in `docs/http.md`."),
  "LK-2007": row(405, "This method is not allowed here.", "Use the method named in the `Allow` header."),
  "LK-2008": row(
    410,
    "This endpoint version has been retired.",
    "Move to the version that the message names; where it names none, ask the owner of the service.",
  ),
  "LK-2011": row(
    403,
    "This key may not be used from this network address.",
    "Call from one of the networks that the key is bound to; where a proxy stands between, the gateway has to trust it (`trustedProxies`).",
  ),
  "LK-2012": row(
    403,
    "This key may not be used for this method.",
    "Use a key that is not bound to other methods; the message names those that this one has.",
  ),
  "LK-2013": row(
    403,
    "The application's subscription does not hold.",
    "Open the subscription that the message names: it waits for a decision, or tells why there is none; its owner can be asked there.",
  ),
  "LK-2014": row(
    403,
    "Your roles do not allow this.",
    "Ask an owner of the tenant for a role that has the permission that the message names.",
  ),
  "LK-2015": row(
    401,
    "You are not signed in.",
    "Sign in at `/portal` or with `latchkey sign-in`, or send an access token as `Authorization: Bearer lkt_…`; sessions end after some time and when a member loses all roles.",
  ),
  "LK-2016": row(
    409,
    "This has changed since you read it.",
    "Read it again, look at what has changed, and decide anew.",
  ),
  "LK-2017": row(
    422,
    "The idempotency key was used for another request.",
    "Take a new key for each change, and the same one again only to send the very same request again.",
  ),
  "LK-2018": row(
    429,
    "Too many attempts to sign in came from this network address.",
    "Wait as long as `Retry-After` says, then try again.",
    true,
  ),
  "LK-2019": row(
    403,
    "The request does not come from the gateway's own pages.",
    "Send `x-csrf-token` with the text that `GET /admin/v1/me` gives, from a page of the gateway's public address; programs use an access token instead.",
  ),
  "LK-2020": row(
    404,
    "There is no such thing, or it is not yours to see.",
    "Check the name or the id, and that you are signed in as a member of the tenant that it belongs to.",
  ),
  "LK-2021": row(
    409,
    "This is not possible in the state that things are in.",
    "Read the current state again; the message tells what stands in the way.",
  ),
  "LK-2022": row(
    422,
    "A policy of the tenant does not allow this.",
    "Keep to the rule that the message names, or ask for another rule in the tenant's `keyPolicy` in the config.",
  ),
  "LK-2023": row(
    421,
    "The gateway does not know the address that it was reached at.",
    "Set `publicUrl` in the config to the address that people open, or use http://localhost on the gateway's own machine.",
  ),
  "LK-2024": row(
    403,
    "The sign-in was not completed.",
    "Begin again at `/portal`, in one browser and within 10 minutes; where it happens again, the gateway's operator finds the reason in the log.",
  ),
  "LK-2025": row(
    502,
    "The identity provider could not be reached, or its answer cannot be used.",
    "Try again; the gateway's operator finds the reason in the log.",
    true,
  ),
  "LK-2026": row(
    409,
    "A request with this idempotency key is under way.",
    "Wait as long as `Retry-After` says, then send the same request again: it gets the answer of the first one.",
    true,
  ),
  "LK-2027": row(
    409,
    "Another key of the application goes by this name.",
    "Take another name, or revoke the key that the message names; a rotation keeps the name.",
  ),
  "LK-2101": row(
    400,
    "The request body is not valid JSON.",
    "Send one JSON object in UTF-8; the message tells where it breaks.",
  ),
  "LK-2102": row(
    400,
    "A field of the request is missing or has the wrong type.",
    "Correct the field that `param` names.",
  ),
  "LK-2103": row(400, "A field of the request occurs twice.", "Send the field that `param` names once."),
  "LK-2104": row(
    413,
    "The request body is larger than this gateway accepts.",
    "Send less, or raise `http.maxRequestBytes` in the config.",
  ),
  "LK-2105": row(
    400,
    "The input does not match the endpoint's schema.",
    "Correct the field that `param` names.",
  ),
  "LK-2106": row(
    415,
    "The body's encoding is not supported.",
    "Send the body as it is, without `content-encoding`.",
  ),
  "LK-2107": row(
    400,
    "The path is malformed.",
    "Send a plain path without `..`, `%2e`, `//`, back-slashes or encoded slashes.",
  ),
  "LK-2108": row(
    400,
    "A header is malformed or occurs twice.",
    "Send the header that `param` names once, with a plain value.",
  ),
  "LK-2109": row(
    408,
    "The request body did not arrive in time.",
    "Send the whole body at once; the limit is `timeouts.request` in the config.",
    true,
  ),
  "LK-2110": row(
    400,
    "The request asks for something that no target of this model can be told.",
    "Leave out the field that `param` names, or ask a model whose provider has it.",
  ),
  "LK-2111": row(
    400,
    "A file that the request names by its URL could not be fetched.",
    "Use an http or https URL that the public internet can reach and that answers the file itself, or send the bytes as base64.",
  ),
  "LK-2112": row(
    400,
    "The earlier answer or item that the request goes on from is not kept here.",
    "Send the whole conversation as `input`: answers are kept for some time, within bounds, for the key that asked for them, and only where `store` is not false.",
  ),
  "LK-2113": row(
    400,
    "No target of this model has the API that was called.",
    "Call the model through an API that its provider has, or ask a model of a provider that has this one; see the table of providers in `docs/providers.md`.",
  ),
  "LK-2114": row(
    400,
    "The request is not valid HTTP/1.1.",
    "Send it with an ordinary HTTP client; where one was used, look for what rewrites requests between it and the gateway.",
  ),
  "LK-2115": row(
    431,
    "The request's head is larger than this gateway accepts.",
    "Send fewer or shorter headers and a shorter path: together they may have 32 KiB.",
  ),
  "LK-2116": row(
    408,
    "The request's head did not arrive in time.",
    "Send the whole head at once; it has to be there within 30 seconds.",
    true,
  ),
  "LK-2117": row(
    404,
    "The answer that was asked for is not kept here.",
    "Ask with the key that the answer was made for, and within 24 hours: answers are kept in memory, within bounds, and only where `store` is not false. Those that a provider keeps itself are had from the provider.",
  ),
  "LK-2118": row(
    429,
    "Too many answers are being made in the background.",
    "Wait until some of them have ended, or cancel those that are not needed any more.",
    true,
  ),
  "LK-2119": row(
    400,
    "Only answers in the background can be cancelled.",
    "Ask for the answer with `background: true`, or close the connection to end one that you are waiting for.",
  ),
  "LK-2120": row(
    400,
    "The request does not match what this API takes.",
    "Correct the field that `param` names; the API's description says what it may be.",
  ),
  "LK-2121": row(
    410,
    "The events that were asked for are not kept any more.",
    "Ask for the answer itself by its id, without `stream`. Of a stream in the background the newest events are kept, within the bounds of what is kept for a key.",
  ),
  "LK-2124": row(
    400,
    "This API takes no WebSocket connections.",
    "Call it with ordinary requests; its operator allows WebSocket with `webSocket: true` of the backend in the config.",
  ),
  "LK-2125": row(
    400,
    "The WebSocket handshake is malformed.",
    "Connect with an ordinary WebSocket client; `param` names the header at fault.",
  ),
  "LK-2126": row(
    426,
    "This version of WebSocket is not spoken here.",
    "Connect with a client that speaks version 13, that of RFC 6455.",
  ),
  "LK-2127": row(
    415,
    "The type of the request body is not supported.",
    "Send JSON, with `content-type: application/json`.",
  ),
  "LK-2130": row(
    400,
    "The request body is nested too deep.",
    "Send it with fewer objects and lists inside each other: 128 levels are taken, the body itself included. Deeper data can travel as a string of JSON, but for the arguments of a tool's call, to which the same holds.",
  ),
  "LK-2201": row(
    429,
    "Too many requests came under one of the gateway's limits.",
    "Wait as long as `Retry-After` says, then try again. The limits of a key, its application and its tenant are declared in the config or said when a key is issued; `x-ratelimit-*` tell how they stand.",
    true,
  ),
  "LK-2301": row(
    499,
    "The caller left before the answer was complete.",
    "Nothing to do: the upstream call was aborted. Seen in the call log only.",
    true,
  ),
  "LK-3001": row(
    503,
    "No target of this model can be used right now.",
    "The gateway's operator has to set the secrets that `latchkey doctor` lists as missing.",
  ),
  "LK-3002": row(
    502,
    "The model provider could not be reached, or broke the connection before it answered.",
    "Try again; the operator finds the reason in the call log: `latchkey logs --request ID`.",
    true,
  ),
  "LK-3003": row(
    504,
    "Connecting to the model provider took too long.",
    "Try again; the limit is `timeouts.connect` in the config.",
    true,
  ),
  "LK-3004": row(
    504,
    "The model provider did not begin to answer in time.",
    "Try again or use a faster model; the limit is `timeouts.firstToken` in the config.",
    true,
  ),
  "LK-3005": row(
    504,
    "The model provider stopped sending in the middle of its answer.",
    "Try again; the limit is `timeouts.idle` in the config.",
    true,
  ),
  "LK-3006": row(
    504,
    "The call took longer than this gateway allows.",
    "Ask for a shorter answer; the limit is `timeouts.total` in the config.",
    true,
  ),
  "LK-3007": row(
    502,
    "The model provider's answer is not valid HTTP.",
    "Try again; the operator finds the reason in the call log: `latchkey logs --request ID`.",
    true,
  ),
  "LK-3008": row(
    502,
    "The model provider cut its answer short.",
    "Discard what came so far and try again.",
    true,
  ),
  "LK-3009": row(
    502,
    "The model provider's answer cannot be understood.",
    "Try again; the operator finds the reason in the call log: `latchkey logs --request ID`.",
    true,
  ),
  "LK-3010": row(
    502,
    "The model provider refused the gateway's credentials.",
    "The gateway's operator has to correct the provider's credential.",
  ),
  "LK-3011": row(
    429,
    "The model provider is limiting the gateway's requests.",
    "Wait as long as `Retry-After` says, then try again.",
    true,
  ),
  "LK-3012": row(
    502,
    "The model provider failed.",
    "Try again; the operator finds the reason in the call log: `latchkey logs --request ID`.",
    true,
  ),
  "LK-3013": row(
    502,
    "The model provider's answer is larger than this gateway accepts.",
    "Ask for less, or raise `http.maxResponseBytes` in the config.",
  ),
  "LK-3014": row(
    502,
    "The model's answer does not match the endpoint's output schema.",
    "Try again, or give the endpoint a model that follows schemas; one repair and one retry were already made.",
    true,
  ),
  "LK-3015": row(
    400,
    "The model provider rejected the request.",
    "Correct what the provider's message names.",
  ),
  "LK-3016": row(
    502,
    "The model's answer was cut at its limit of tokens.",
    "Ask for less, or raise `maxOutputTokens` of the endpoint; what came until then is not the whole answer.",
  ),
  "LK-3017": row(
    400,
    "The request is longer than the model's context window.",
    "Send less or ask for a shorter answer, or ask a model with a larger window; the other targets of this one were asked first.",
  ),
  "LK-3018": row(
    400,
    "The model provider's content filter refused the request.",
    "Change what the request says; other targets are not asked, since sending the same words elsewhere is not a way around a filter.",
  ),
  "LK-3019": row(
    413,
    "The request is larger than the model provider accepts.",
    "Send less, above all smaller or fewer files; the other targets of this model were asked first.",
  ),
  "LK-3020": row(
    404,
    "The model provider does not have what was asked for.",
    "Where the message speaks of the model, the gateway's operator has to correct the target in the config; otherwise correct what the message names.",
  ),
  "LK-3021": row(
    429,
    "The gateway's account at the model provider is used up.",
    "Waiting a moment does not help: the gateway's operator has to raise the account's quota or credit.",
  ),
  "LK-3022": row(
    503,
    "The model provider is overloaded.",
    "Try again in a moment, after as long as `Retry-After` says where it is sent.",
    true,
  ),
  "LK-3023": row(
    504,
    "The model provider ran out of time.",
    "Try again, ask for a shorter answer, or use a faster model.",
    true,
  ),
  "LK-3101": row(
    502,
    "The API behind the gateway could not be reached, or broke the connection before it answered.",
    "Try again; the operator finds the reason in the call log: `latchkey logs --request ID`.",
    true,
  ),
  "LK-3102": row(
    504,
    "Connecting to the API behind the gateway took too long.",
    "Try again; the limit is `timeouts.connect` of the backend in the config.",
    true,
  ),
  "LK-3103": row(
    504,
    "The API behind the gateway did not begin to answer in time.",
    "Try again; the limit is `timeouts.firstToken` of the backend in the config.",
    true,
  ),
  "LK-3104": row(
    504,
    "The API behind the gateway stopped sending in the middle of its answer.",
    "Try again; the limit is `timeouts.idle` of the backend in the config.",
    true,
  ),
  "LK-3105": row(
    504,
    "The API behind the gateway took longer than the gateway allows.",
    "Ask for less; the limit is `timeouts.total` of the backend in the config.",
    true,
  ),
  "LK-3106": row(
    502,
    "The answer of the API behind the gateway is not valid HTTP.",
    "Try again; the operator finds the reason in the call log: `latchkey logs --request ID`.",
    true,
  ),
  "LK-3107": row(
    502,
    "The API behind the gateway cut its answer short.",
    "Discard what came so far and try again.",
    true,
  ),
  "LK-3108": row(
    502,
    "The answer of the API behind the gateway is larger than the gateway accepts.",
    "Ask for less, or raise `maxResponseBytes` of the backend or `http.maxResponseBytes` in the config.",
  ),
  "LK-3109": row(
    503,
    "No server of the API behind the gateway is well.",
    "Try again later; the operator finds which health checks fail.",
    true,
  ),
  "LK-3110": row(503, "The gateway has too many requests under way to this API.", "Try again later.", true),
  "LK-3111": row(
    503,
    "The API behind the gateway cannot be used right now.",
    "The gateway's operator has to set the secrets that `latchkey doctor` lists as missing.",
  ),
  "LK-3112": row(
    504,
    "Nothing passed through the WebSocket connection for too long.",
    "Send pings more often than the limit, which is `timeouts.idle` of the backend in the config. Seen in the call log only.",
    true,
  ),
  "LK-5001": row(
    500,
    "The gateway failed.",
    "Report the request id to the gateway's operator: the log has the cause.",
  ),
  "LK-5002": row(
    503,
    "The gateway is shutting down.",
    "Try again: another instance or the restarted one will answer.",
    true,
  ),
  "LK-5003": row(
    503,
    "The gateway has too many calls under way to this provider.",
    "Try again later, or raise the provider's `maxConnections` in the config.",
    true,
  ),
  "LK-5004": row(
    503,
    "The WebSocket connection was closed because its config is no longer in force.",
    "Connect again. Seen in the call log only.",
    true,
  ),
  "LK-5005": row(
    504,
    "The administration did not answer in time.",
    "Read what is there before you send a change again: it may have been made. With an `idempotency-key` it can be sent again without harm.",
    true,
  ),
  "LK-5006": row(503, "The administration has too many requests under way.", "Try again in a moment.", true),
  "LK-5201": row(
    502,
    "A notification could not be delivered.",
    "Nothing to do at first: it is sent again for about a day. The delivery's last problem tells what is wrong; see `docs/notifications.md`.",
    true,
  ),
  "LK-6001": row(
    500,
    "The artifact cannot be read.",
    "Run `latchkey build` again; the message tells what is wrong with the file.",
  ),
  "LK-6002": row(
    500,
    "The artifact was changed after it was built.",
    "Run `latchkey build` again; never edit files under `.latchkey/`.",
  ),
  "LK-6003": row(
    500,
    "The artifact was built by a newer Latchkey.",
    "Update Latchkey here, or build the artifact with this version.",
  ),
  "LK-6004": row(
    404,
    "There is no such artifact.",
    "Run `latchkey build`; `latchkey rollback --list` shows the ones that are kept.",
  ),
  "LK-6101": row(
    404,
    "The config file was not found.",
    "Run `latchkey init` to write one, or name it with `--config FILE`.",
  ),
  "LK-6102": row(
    409,
    "The gateway cannot listen on its address.",
    "Stop what listens there or choose another port with `PORT`; `HOST` is an address of this machine, such as 127.0.0.1 or 0.0.0.0.",
  ),
  "LK-6103": row(400, "The command line is not understood.", "See `latchkey --help`."),
  "LK-6104": row(
    400,
    "The config has errors.",
    "Correct the diagnostics above; `latchkey explain LK1nnn` tells more about one.",
  ),
  "LK-6105": row(
    500,
    "A state file cannot be read or written.",
    "Check the permissions and the free space of the `.latchkey` folder. A damaged file is restored from a backup; a damaged `calls.sqlite` may also be moved away, with the files `-wal` and `-shm` beside it: a new call log is begun then.",
  ),
  "LK-6106": row(
    409,
    "The change is breaking or widens access.",
    "Read the plan, then run it again with `--accept`.",
  ),
  "LK-6107": row(404, "There is no such code.", "`latchkey explain` lists all codes."),
  "LK-6108": row(
    404,
    "The call log has no such call.",
    "Rows are kept for 30 days; `latchkey logs` shows the newest ones.",
  ),
  "LK-6109": row(
    409,
    "The record store has such a record already.",
    "Read what is there, or take another id.",
  ),
  "LK-6110": row(409, "The record has changed since it was read.", "Read it again and decide anew."),
  "LK-6111": row(
    404,
    "There is nothing of that name.",
    "`latchkey access` lists keys and what they may call; names are those of the config, and public ids of keys that were issued.",
  ),
  "LK-6112": row(
    502,
    "The gateway was not reached.",
    "Check `--gateway URL`, and that a gateway of this version or a newer one answers there.",
  ),
  "LK-6113": row(
    507,
    "There are more limits than this gateway can count.",
    "A machine counts the requests of about a million limits: of tenants, applications, and keys with limits of their own. Put limits on applications rather than on each of their keys.",
  ),
} as const satisfies Record<string, ErrorRow>;

/** Code of an error outside the compiler, such as `LK-2001`. */
export type ErrorCode = keyof typeof errorTable;
