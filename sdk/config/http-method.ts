/** Methods of HTTP that the gateway passes on. */
export const httpMethods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const;

/** A method of HTTP. */
export type HttpMethod = (typeof httpMethods)[number];
