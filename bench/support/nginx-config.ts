import { join } from "node:path";

/** What the nginx of a bench run needs to know. */
export interface NginxOptions {
  /** Folder for its pid file, logs and temporary files. */
  readonly folder: string;
  readonly port: number;
  readonly upstreamPort: number;
  readonly keys: readonly string[];
  /** Credential sent to the upstream in place of the caller's. */
  readonly upstreamKey: string;
  /** Whether answers are collected before they are sent; streams need it off. */
  readonly buffering: boolean;
  /** Idle connections kept to the upstream. */
  readonly keepAlive: number;
}

/**
 * One worker that checks a key in a map, swaps the credential, keeps connections to the upstream alive and writes a
 * buffered JSON access log. Where a default would hold it back (requests per connection, body buffer) it is lifted.
 */
export function nginxConfigText(options: NginxOptions): string {
  const path = (name: string): string => join(options.folder, name);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `  ${kind}_temp_path ${path(`${kind}_temp`)};`)
    .join("\n");
  const keys = options.keys.map((key, index) => `    "Bearer ${key}" "key-${index}";`).join("\n");
  return `${process.getuid?.() === 0 ? "user root;\n" : ""}daemon off;
worker_processes 1;
worker_rlimit_nofile 16384;
pid ${path("nginx.pid")};
error_log ${path("nginx-error.log")} warn;
events { worker_connections 8192; }
http {
${temporary}
  log_format calls escape=json '{"time":"$time_iso8601","id":"$request_id","key":"$caller","method":"$request_method",'
    '"path":"$uri","status":$status,"bytes":$body_bytes_sent,"seconds":$request_time,'
    '"upstream":"$upstream_response_time"}';
  access_log ${path("nginx-access.log")} calls buffer=64k flush=1s;
  map_hash_bucket_size 256;
  map_hash_max_size 8192;
  map $http_authorization $caller {
    default "";
${keys}
  }
  upstream model {
    server 127.0.0.1:${options.upstreamPort};
    keepalive ${options.keepAlive};
    keepalive_requests 100000000;
  }
  server {
    listen 127.0.0.1:${options.port} backlog=4096;
    keepalive_requests 100000000;
    client_max_body_size 10m;
    client_body_buffer_size 128k;
    location = /healthz { access_log off; return 200 "ok"; }
    location / {
      if ($caller = "") { return 401 '{"error":{"message":"unknown key"}}'; }
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Authorization "Bearer ${options.upstreamKey}";
      proxy_buffering ${options.buffering ? "on" : "off"};
      proxy_pass http://model;
    }
  }
}
`;
}
