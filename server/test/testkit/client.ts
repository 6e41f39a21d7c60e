export interface WireError {
  message: string;
  path?: (string | number)[];
  extensions: {
    code: string;
    requestId?: string;
    isRetryable?: boolean;
    retryAfterMs?: number;
    details?: Record<string, unknown>;
    issues?: { path: (string | number)[]; message: string; code: string }[];
  };
}

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever they asked for
  data: any;
  errors: WireError[];
  extensions: Record<string, unknown> | undefined;
  headers: Headers;
}

export interface Ask {
  query: string;
  variables?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** Somebody who talks to the server over HTTP. */
export class Client {
  readonly url: string;
  readonly headers: Record<string, string>;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.url = url;
    this.headers = headers;
  }

  async ask(
    query: string,
    variables: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json, application/json",
        ...this.headers,
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as {
      data?: unknown;
      errors?: WireError[];
      extensions?: Record<string, unknown>;
    };
    return {
      status: response.status,
      data: body.data ?? null,
      errors: body.errors ?? [],
      extensions: body.extensions,
      headers: response.headers,
    };
  }

  /** The data; throws what went wrong. */
  async get(
    query: string,
    variables: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer["data"]> {
    const { data, errors } = await this.ask(query, variables, headers);
    if (errors.length > 0)
      throw new Error(`${errors.map(({ message, path }) => `${path?.join(".")}: ${message}`).join("; ")}\n${query}`);
    return data;
  }

  /** The code of the first error; null when there is none. */
  async code(
    query: string,
    variables: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<string | null> {
    return (await this.ask(query, variables, headers)).errors[0]?.extensions.code ?? null;
  }
}
